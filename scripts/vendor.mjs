// Copies third-party scripts from node_modules, as the lock file has them, to where the web application serves them.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "src/frontlog/web/static/vendor");
const wanted = {
  "maplibre-gl": ["dist/maplibre-gl.mjs", "dist/maplibre-gl-worker.mjs", "dist/maplibre-gl.css", "LICENSE.txt"],
};

mkdirSync(target, { recursive: true });
for (const [name, files] of Object.entries(wanted)) {
  const folder = join(root, "node_modules", name);
  if (!existsSync(folder)) {
    console.error(`${name} is not in node_modules; run: npm ci --ignore-scripts`);
    process.exit(1);
  }
  for (const file of files) {
    const leaf = file.split("/").pop();
    const to = join(target, leaf === "LICENSE.txt" ? `${name}.LICENSE.txt` : leaf);
    if (leaf.endsWith(".mjs")) {
      // The maps these lines name are not copied, and a browser's tools would ask for them.
      writeFileSync(to, readFileSync(join(folder, file), "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""));
    } else {
      copyFileSync(join(folder, file), to);
    }
  }
}

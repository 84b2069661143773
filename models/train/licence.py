"""Write the licence of the photo prior's weights: licence.py PROVENANCE.json LICENSE-photo64.md (attributions from the rows)."""
import json
import sys

HEAD = """# Licence of photo64

The weights in `photo64.onnx` are licensed under the Creative Commons Attribution-ShareAlike 4.0 International licence
(CC-BY-SA-4.0, https://creativecommons.org/licenses/by-sa/4.0/legalcode). The network was trained on crops of the {count}
photographs below; some of them are under share-alike licences, so the weights are too. The same list, as data and with the
SHA-256 of each file, is `photo64_provenance.json`. Sources are paths inside Debian packages.

The code that trained the network (`train/`) is under the licence of this repository.

| source | author | licence | note |
|---|---|---|---|
"""


def line(row):
    version = f" ({row['version']})" if "version" in row else ""
    return f"| {row['source']}{version} | {row['author']} | {row['license']} | {row.get('comment', '')} |\n"


def main(provenance, out):
    rows = json.load(open(provenance, encoding="utf-8"))
    with open(out, "w", encoding="utf-8") as f:
        f.write(HEAD.format(count=len(rows)) + "".join(line(r) for r in rows))


if __name__ == "__main__":
    main(*sys.argv[1:])

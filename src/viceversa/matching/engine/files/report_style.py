"""The look of report.html: paper, ink and air; light, dark, narrow and printed."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: light-dark(oklch(98.2% 0.008 85), oklch(20% 0.015 215));
  --sheet: light-dark(oklch(100% 0 85), oklch(24.5% 0.018 215));
  --sunk: light-dark(oklch(95.8% 0.012 85), oklch(17% 0.014 215));
  --ink: light-dark(oklch(26% 0.03 215), oklch(94% 0.01 85));
  --soft: light-dark(oklch(46% 0.025 215), oklch(76% 0.015 200));
  --line: light-dark(oklch(89% 0.012 85), oklch(33% 0.018 215));
  --tide: light-dark(oklch(48% 0.09 195), oklch(78% 0.1 190));
  --ember: light-dark(oklch(53% 0.13 50), oklch(80% 0.11 65));
  --serif: Newsreader, Charter, Georgia, serif;
  font: 15px/1.5 Figtree, system-ui, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); }
main { max-width: 62rem; margin: 0 auto; padding: 36px 24px 56px; }
h1, h2 { font-family: var(--serif); font-weight: 500; line-height: 1.2; text-wrap: balance; }
h1 { font-size: 34px; margin: 12px 0; }
h2 { font-size: 22px; margin: 56px 0 12px; }
h3 { font-size: 15px; margin: 24px 0 8px; }
p { max-width: 42rem; margin: 0 0 12px; }
.mark { width: 36px; height: 24px; fill: none; stroke-width: 3; stroke-linecap: round; }
.mark .give { stroke: var(--tide); } .mark .back { stroke: var(--ember); }
.lede { font-family: var(--serif); font-size: 20px; line-height: 1.4; }
.soft { color: var(--soft); }
nav { font-size: 13px; margin-top: 24px; } nav a { color: inherit; margin-right: 16px; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 24px;
  margin: 36px 0 0; }
dt { font-size: 13px; color: var(--soft); }
dd { margin: 0; font-family: var(--serif); font-size: 22px; }
table { border-collapse: collapse; width: 100%; margin: 12px 0; }
caption { text-align: left; font-size: 13px; color: var(--soft); padding-bottom: 8px; }
th { font-size: 13px; font-weight: 600; color: var(--soft); }
th, td { border-bottom: 1px solid var(--line); padding: 8px 16px 8px 0; text-align: left;
  vertical-align: top; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.people { font-weight: 600; }
.chart { display: grid; grid-template-columns: minmax(0, 3fr) minmax(14rem, 2fr); gap: 36px;
  align-items: start; }
.bars { width: 100%; height: auto; }
.bars rect, .range circle { fill: var(--tide); }
.bars line { stroke: var(--line); }
.bars text { fill: var(--soft); font-size: 11px; text-anchor: middle;
  font-variant-numeric: tabular-nums; }
.range { width: 128px; height: 16px; vertical-align: middle; }
.range line { stroke: var(--tide); stroke-width: 2; } .range .whole { stroke: var(--line); }
code { font-size: 13px; overflow-wrap: anywhere; }
.proof { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px;
  padding: 16px 24px; }
.proof p { max-width: none; }
@media (max-width: 40rem) {
  main { padding: 24px 16px 36px; }
  h1 { font-size: 28px; }
  .chart { grid-template-columns: minmax(0, 1fr); gap: 12px; }
  dl { grid-template-columns: 1fr 1fr; gap: 16px; }
  .cards thead { position: absolute; clip-path: inset(50%); }
  .cards, .cards tbody, .cards tr, .cards td { display: block; }
  .cards tr { border-bottom: 1px solid var(--line); padding: 12px 0; }
  .cards td { border: 0; padding: 2px 0; text-align: left; white-space: normal; }
  .cards td::before { content: attr(data-label) ": "; color: var(--soft); font-size: 13px;
    font-weight: 400; }
  .shares th:last-child, .shares td:last-child { display: none; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --sunk: #fff; font-size: 10pt; }
  @page { margin: 18mm 15mm; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h2 { margin-top: 24px; break-after: avoid; }
  thead { display: table-header-group; }
  tr, dl, .chart, .proof { break-inside: avoid; }
}
"""

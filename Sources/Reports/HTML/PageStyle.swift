/// The style of every page: light and dark, readable without colour, printable.
enum PageStyle {
    static let text = """

        :root {
          color-scheme: light dark;
          --ground: #f6f7f9; --paper: #ffffff; --ink: #1b2430; --quiet: #5b6675; --line: #dde2e9; --stripe: #f9fafc;
          --accent: #3538cd; --focus: #6172f3;
          --gain: #05603a; --gain-ground: #e3f8ec; --loss: #a3161b; --loss-ground: #fdecec;
          --note: #7a4a04; --note-ground: #fef4e0;
          --none: #8b95a3;
          --catalog: #3f4b5b; --catalog-ground: #eaeef3;
          --viewer: #0b4f7d; --viewer-ground: #dcf0fd;
          --launcher: #0a5a49; --launcher-ground: #d5f5e8;
          --editor: #7c4a03; --editor-ground: #fdeec4;
          --admin: #9a1c13; --admin-ground: #fde0dd;
          --custom: #5b2ba8; --custom-ground: #ede5fd;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #0f141b; --paper: #171e28; --ink: #e6ebf2; --quiet: #9aa7b7; --line: #2b3542; --stripe: #1b2330;
            --accent: #a4bcfd; --focus: #8098f9;
            --gain: #7ee2ab; --gain-ground: #0d2f20; --loss: #ff9c97; --loss-ground: #3a1518;
            --note: #f6ca6d; --note-ground: #35270c;
            --none: #6f7c8d;
            --catalog: #cbd5e1; --catalog-ground: #2a3441;
            --viewer: #a9dbfb; --viewer-ground: #0c3450;
            --launcher: #93e9cd; --launcher-ground: #0b3b31;
            --editor: #fbdb86; --editor-ground: #453107;
            --admin: #ffb4ae; --admin-ground: #521814;
            --custom: #d6c4fd; --custom-ground: #36216b;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
        }
        header, main { max-width: 110rem; margin: 0 auto; padding: 0 2rem; }
        header { padding-top: 2rem; }
        .brand { margin: 0; color: var(--accent); font-weight: 650; letter-spacing: .02em; }
        h1 { margin: .1rem 0 .6rem; font-size: 1.65rem; line-height: 1.25; font-weight: 680; overflow-wrap: anywhere; }
        h2 { margin: 0 0 .8rem; font-size: 1.1rem; font-weight: 650; }
        h3 { margin: 1.4rem 0 .6rem; font-size: 1rem; font-weight: 650; overflow-wrap: anywhere; }
        pre {
          margin: .5rem 0 0; padding: .7rem .9rem; overflow: auto; background: var(--stripe);
          border: 1px solid var(--line); border-radius: 8px;
          font: .85rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }
        a { color: var(--accent); }
        time { white-space: nowrap; }
        table.wide { min-width: 60rem; }
        td.long { min-width: 16rem; overflow-wrap: anywhere; }
        table.pairs th:first-child { width: 20rem; }
        .scroll + .scroll { margin-top: .8rem; }
        code { font: .88em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        ul { margin: 0; padding: 0 0 0 1.2rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; list-style: none; }
        .facts li {
          padding: .15rem .65rem; border: 1px solid var(--line); border-radius: 999px; background: var(--paper);
          font-size: .88rem;
        }
        .facts li:has(.good) { background: var(--gain-ground); border-color: transparent; }
        .facts li:has(.bad) { background: var(--loss-ground); border-color: transparent; }
        .good { color: var(--gain); font-weight: 600; }
        .bad { color: var(--loss); font-weight: 600; }
        section {
          margin: 1.2rem 0; padding: 1.2rem 1.4rem; background: var(--paper); border: 1px solid var(--line);
          border-radius: 12px;
        }
        section.refused { background: var(--loss-ground); border-color: transparent; }
        section.held { background: var(--note-ground); border-color: transparent; }
        section.refused h2 { color: var(--loss); }
        section.held h2 { color: var(--note); }
        .count {
          display: inline-block; min-width: 1.6rem; padding: 0 .45rem; border-radius: 999px; background: var(--ground);
          color: var(--quiet); font-size: .82rem; text-align: center; font-weight: 550;
        }
        .hint { color: var(--quiet); }
        .people { display: grid; gap: .7rem; padding: 0; list-style: none; }
        .people > li { padding: .7rem .9rem; border-left: 4px solid var(--line); background: var(--stripe); border-radius: 0 8px 8px 0; }
        .people > li:has(> .sign.loss) { border-left-color: var(--loss); }
        .people > li:has(> .sign.gain) { border-left-color: var(--gain); }
        .people ul { padding: .35rem 0 0 1.7rem; list-style: none; }
        .people ul li { margin: .15rem 0; }
        .sign { display: inline-block; width: 1.4rem; font-weight: 700; text-align: center; }
        .gain { color: var(--gain); }
        .loss { color: var(--loss); }
        .who { font-weight: 600; overflow-wrap: anywhere; }
        .why, .origin { color: var(--quiet); font-size: .88rem; overflow-wrap: anywhere; }
        .origin { white-space: nowrap; }
        .point { display: inline-block; min-width: 8rem; font-weight: 550; }
        .role {
          display: inline-block; padding: .05rem .5rem; border-radius: 6px; font-size: .86rem; font-weight: 550;
          white-space: nowrap;
        }
        .none { color: var(--none); }
        .catalog { color: var(--catalog); background: var(--catalog-ground); }
        .viewer { color: var(--viewer); background: var(--viewer-ground); }
        .launcher { color: var(--launcher); background: var(--launcher-ground); }
        .editor { color: var(--editor); background: var(--editor-ground); }
        .admin { color: var(--admin); background: var(--admin-ground); }
        .custom { color: var(--custom); background: var(--custom-ground); }
        .filters { display: flex; flex-wrap: wrap; gap: .8rem 1.2rem; align-items: end; margin: 0 0 .9rem; }
        .filters[hidden] { display: none; }
        .filters label { display: grid; gap: .15rem; color: var(--quiet); font-size: .85rem; }
        .filters label.check { display: flex; gap: .45rem; align-items: center; padding-bottom: .45rem; }
        .filters input[type=search], .filters select {
          box-sizing: border-box; min-width: 14rem; height: 2.2rem; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 8px;
          background: var(--paper); color: var(--ink); font: inherit;
        }
        .filters output { padding-bottom: .45rem; color: var(--quiet); font-size: .88rem; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; border-radius: 4px; }
        .legend { display: flex; flex-wrap: wrap; gap: .4rem .6rem; margin: 0 0 .9rem; padding: 0; list-style: none; }
        .scroll { overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: 8px; }
        table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .92rem; }
        caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        th, td { padding: .4rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        thead th {
          position: sticky; top: 0; z-index: 2; background: var(--paper); color: var(--quiet); font-weight: 600;
          white-space: nowrap; box-shadow: inset 0 -1px var(--line);
        }
        tbody tr:nth-child(even of :not([hidden])) > * { background: var(--stripe); }
        tbody tr:last-child > * { border-bottom: 0; }
        .matrix th[scope=row], .matrix thead th:first-child {
          position: sticky; left: 0; z-index: 1; background: var(--paper); box-shadow: inset -1px 0 var(--line);
        }
        .matrix thead th:first-child { z-index: 3; }
        .matrix th[scope=row] { min-width: 15rem; max-width: 26rem; font-weight: 550; overflow-wrap: anywhere; }
        .matrix th .name { display: block; color: var(--quiet); font-weight: 400; font-size: .86rem; }
        .matrix summary { cursor: pointer; }
        .matrix th ul { padding-left: 1.1rem; color: var(--quiet); font-weight: 400; font-size: .86rem; }
        .matrix td { white-space: nowrap; }
        .ways ul { padding-left: 1.1rem; font-size: .86rem; }
        .ways > ul { width: 32rem; max-width: 70vw; white-space: normal; overflow-wrap: anywhere; }
        .ways li { margin: .15rem 0; }
        .was { display: block; color: var(--quiet); font-size: .8rem; }
        .was s { text-decoration-thickness: 1px; }
        td.changed { box-shadow: inset 3px 0 var(--accent); }
        th .part { color: var(--none); font-weight: 400; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .reasons { overflow-wrap: anywhere; }
        .plot { display: block; width: 100%; height: 9rem; }
        .plot .reads { fill: var(--none); }
        .plot .writes { fill: var(--accent); }
        .plot .failures { fill: var(--loss); }
        .plot line { stroke: var(--line); }
        .axis { display: flex; justify-content: space-between; margin: .2rem 0 .6rem; color: var(--quiet); font-size: .8rem; }
        .key::before {
          content: ""; display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 3px;
        }
        .key.reads::before { background: var(--none); }
        .key.writes::before { background: var(--accent); }
        .key.failures::before { background: var(--loss); }
        footer { margin: 2rem 0; color: var(--quiet); font-size: .85rem; }
        @media (max-width: 40rem) {
          header, main { padding: 0 .8rem; }
          .matrix th[scope=row] { min-width: 9rem; max-width: 11rem; }
          table.pairs th:first-child { width: 10rem; }
        }
        @media print {
          body { background: #fff; }
          .scroll { max-height: none; overflow: visible; border: 0; }
          .filters { display: none; }
          section { break-inside: auto; border: 0; padding: 0; }
          tr { break-inside: avoid; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }

        """
}

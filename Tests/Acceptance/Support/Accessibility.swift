/// What a page must have for people who do not see it, or not well (WCAG 2.1, level AA, as far as a script can tell).
enum Accessibility {
    /// A script that gives a list of what is wrong.
    static let problems = """
        (() => {
          const found = [];
          const all = (selector) => Array.from(document.querySelectorAll(selector));
          const say = (rule, element) => found.push(rule + ": " + element.outerHTML.slice(0, 120));
          if (!document.documentElement.lang) found.push("the page states no language");
          if (all("main").length !== 1) found.push("there is not one main part");
          if (all("h1").length !== 1) found.push("there is not one h1");
          let level = 0;
          for (const heading of all("h1, h2, h3, h4")) {
            const own = Number(heading.tagName[1]);
            if (own > level + 1) say("a level of headings is left out", heading);
            level = own;
          }
          for (const section of all("section")) if (!section.querySelector("h2")) say("no heading", section);
          for (const part of all("[aria-labelledby]"))
            if (!document.getElementById(part.getAttribute("aria-labelledby"))) say("its label is missing", part);
          for (const table of all("table")) {
            if (!table.querySelector("caption")?.innerText.trim()) say("no caption", table);
            for (const cell of table.querySelectorAll("th")) if (!cell.scope) say("no scope", cell);
            for (const row of table.tBodies[0].rows) if (row.cells[0].tagName !== "TH") say("no row header", row);
          }
          for (const picture of all("svg, [role=img], [role=region]"))
            if (!picture.getAttribute("aria-label") && !picture.getAttribute("aria-labelledby")) say("no name", picture);
          for (const link of all("a")) if (!link.innerText.trim()) say("no text", link);
          const ids = all("[id]").map((element) => element.id);
          if (new Set(ids).size !== ids.length) found.push("an id stands twice");
          if (document.documentElement.scrollWidth > innerWidth) found.push("the page is wider than the window");

          const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
          const light = (colour) => {
            const [red, green, blue] = numbers(colour).slice(0, 3).map((part) => part / 255)
              .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          };
          const ground = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const colour = getComputedStyle(at).backgroundColor;
              if ((numbers(colour)[3] ?? 1) > 0) return colour;
            }
            return "rgb(255, 255, 255)";
          };
          for (const element of all("body *")) {
            const hasText = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
            if (!hasText || ["SCRIPT", "STYLE"].includes(element.tagName) || !element.checkVisibility()) continue;
            const [one, two] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
            if ((one + 0.05) / (two + 0.05) < 4.5) say("too little contrast", element);
          }
          return found;
        })()
        """
}

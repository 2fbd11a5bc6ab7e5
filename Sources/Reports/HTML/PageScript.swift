/// What filters the table of people; without it the table is there as a whole, and nothing else is missing.
enum PageScript {
    static let text = #"""

        (() => {
          const table = document.getElementById("matrix-table");
          if (!table) return;
          const filters = document.getElementById("matrix-filters");
          const rows = Array.from(table.tBodies[0].rows);
          const texts = rows.map((row) => row.cells[0].textContent.toLowerCase());
          const [search, role, column, changed, count] =
            ["search", "role", "column", "changed", "count"].map((name) => document.getElementById("filter-" + name));
          const matches = (row) => {
            if (!role.value) return true;
            const cells = column.value ? [row.cells[Number(column.value)]] : Array.from(row.cells).slice(1);
            return cells.some((cell) => (cell.dataset.roles || "").split(" ").includes(role.value));
          };
          const update = () => {
            const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
            let shown = 0;
            rows.forEach((row, index) => {
              const isShown = words.every((word) => texts[index].includes(word))
                && (!changed?.checked || row.hasAttribute("data-changed")) && matches(row);
              row.hidden = !isShown;
              if (isShown) shown += 1;
            });
            count.textContent = shown === rows.length ? rows.length + " people" : shown + " of " + rows.length + " people";
          };
          for (const control of [search, role, column, changed]) control?.addEventListener("input", update);
          filters.hidden = false;
          update();
        })();

        """#
}

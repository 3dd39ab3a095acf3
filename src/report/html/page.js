// What a browser may add to the report: sorting and filtering. Without it everything is there and in order.
function valueOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.v ?? cell.textContent.trim();
}

function compare(a, b) {
  const [x, y] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

function makeSortable(table) {
  const [body] = table.tBodies;
  const heads = [...table.tHead.rows[0].cells];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.ariaSort === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const keyed = [...body.rows].map((row) => ({ row, key: valueOf(row, column) }));
      keyed.sort((a, b) => (down ? compare(b.key, a.key) : compare(a.key, b.key)));
      // Thousands of rows move faster where nothing has to be drawn.
      body.remove();
      body.append(...keyed.map(({ row }) => row));
      table.append(body);
    });
  }
}

function makeFilter(table) {
  const rows = [...table.tBodies[0].rows];
  const label = document.createElement('label');
  const input = document.createElement('input');
  const shown = document.createElement('span');
  const box = document.createElement('div');
  let texts = null;
  let waiting = 0;
  input.type = 'search';
  label.append('Show rows with ', input);
  shown.setAttribute('role', 'status');
  box.className = 'filter';
  box.append(label, shown);
  table.closest('.table').before(box);
  const apply = () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    // Words in any order; what stands in quote marks as it stands.
    const words = (input.value.toLowerCase().match(/"[^"]+"|[^\s"]+/g) ?? []).map((word) => word.replaceAll('"', ''));
    let count = 0;
    for (const [index, row] of rows.entries()) {
      const fits = words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = words.length === 0 ? '' : `${count} of ${rows.length} rows`;
  };
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  return (text) => {
    input.value = text;
    apply();
  };
}

const filters = new Map();
for (const table of document.querySelectorAll('table[data-live]')) {
  const ways = table.dataset.live.split(' ');
  if (ways.includes('sort')) makeSortable(table);
  if (ways.includes('filter')) filters.set(table.closest('section')?.id, makeFilter(table));
}
// A worklist leads to the rows of its owner.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-filter]');
  if (link !== null) filters.get(link.hash.slice(1))?.(`"${link.dataset.filter.replaceAll('"', ' ')}"`);
});

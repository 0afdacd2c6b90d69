(() => {
  'use strict';
  const FEW = 10;
  const data = JSON.parse(document.getElementById('charts').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const variable = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const percent = share => (share * 100).toFixed(1) + ' %';
  let charts = [];

  function colours() {
    const accent = variable('--accent');
    const alarm = variable('--alarm');
    return {
      sides: [`rgb(${accent} / 0.85)`, `rgb(${alarm} / 0.85)`],
      pale: [`rgb(${accent} / 0.3)`, `rgb(${alarm} / 0.3)`],
      ink: variable('--ink'),
      soft: variable('--soft'),
      line: variable('--line'),
    };
  }

  function options(colour, yTitle, tooltip, y) {
    return {
      animation: false,
      maintainAspectRatio: false,
      interaction: {mode: 'index', intersect: false},
      plugins: {
        legend: {display: false},
        tooltip: {callbacks: {label: tooltip}},
      },
      scales: {
        x: {
          grid: {display: false},
          ticks: {color: colour.soft, maxRotation: 0, autoSkipPadding: 12},
          title: {display: true, text: 'score', color: colour.soft},
        },
        y: {
          grid: {color: colour.line},
          ticks: {color: colour.soft},
          title: {display: true, text: yTitle, color: colour.soft},
          afterFit: axis => { axis.width = 78; },
          ...y,
        },
      },
    };
  }

  function reliability(place, sides) {
    const colour = colours();
    const bins = sides[0].bins.length;
    const labels = sides[0].bins.map((bin, i) => Math.round((i + 0.5) / bins * 100) + ' %');
    const named = side => side.name ? side.name + ': ' : '';
    const bars = sides.map((side, i) => ({
      type: 'bar',
      label: side.name,
      data: side.bins.map(bin => bin.count ? bin.right : null),
      backgroundColor: side.bins.map(bin => bin.count < FEW ? colour.pale[i] : colour.sides[i]),
      categoryPercentage: 0.92,
      barPercentage: 0.96,
      order: 1,
    }));
    const line = {
      type: 'line',
      label: 'perfect',
      data: labels.map((label, i) => (i + 0.5) / bins),
      borderColor: colour.ink,
      borderDash: [5, 4],
      borderWidth: 1.5,
      pointRadius: 0,
      order: 0,
    };
    const settings = options(colour, 'share right', item => {
      const side = sides[item.datasetIndex];
      if (!side) {
        return null;
      }
      const bin = side.bins[item.dataIndex];
      return `${named(side)}${percent(bin.right)} of ${bin.count.toLocaleString('en')} right, mean score ${percent(bin.score)}`;
    }, {min: 0, max: 1, ticks: {color: colour.soft, callback: value => value * 100 + ' %'}});
    settings.plugins.legend = {display: sides.length > 1, labels: {color: colour.ink, filter: item => item.text !== 'perfect'}};
    settings.scales.x.title.display = false;
    settings.scales.x.ticks.display = false;
    return new Chart(place, {data: {labels, datasets: [...bars, line]}, options: settings});
  }

  function counts(place, sides) {
    const colour = colours();
    const bins = sides[0].bins.length;
    const labels = sides[0].bins.map((bin, i) => Math.round((i + 0.5) / bins * 100) + ' %');
    const datasets = sides.map((side, i) => ({
      data: side.bins.map(bin => bin.count || null),
      backgroundColor: colour.sides[i],
      categoryPercentage: 0.92,
      barPercentage: 0.96,
    }));
    const settings = options(colour, 'count', item => item.raw === null ? null : item.raw.toLocaleString('en'), {
      type: 'logarithmic',
      min: 0.8,
      ticks: {color: colour.soft, callback: value => Number.isInteger(Math.log10(value)) ? value.toLocaleString('en') : null},
    });
    return new Chart(place, {type: 'bar', data: {labels, datasets}, options: settings});
  }

  function rates(place, bars) {
    const colour = colours();
    const rounded = value => value.toLocaleString('en', {maximumSignificantDigits: 3});
    place.parentElement.style.height = bars.length * 34 + 60 + 'px';
    const axis = {color: colour.soft};
    const datasets = [
      {
        data: bars.map(bar => [bar.least, bar.most]),
        backgroundColor: colour.ink,
        barThickness: 3,
        grouped: false,
        order: 0,
      },
      {
        data: bars.map(bar => bar.median),
        backgroundColor: bars.map(bar => bar.name === 'bare' ? colour.pale[0] : colour.sides[0]),
        barThickness: 20,
        grouped: false,
        order: 1,
      },
    ];
    return new Chart(place, {
      type: 'bar',
      data: {labels: bars.map(bar => bar.name), datasets},
      options: {
        animation: false,
        maintainAspectRatio: false,
        indexAxis: 'y',
        plugins: {
          legend: {display: false},
          tooltip: {
            callbacks: {
              label: item => {
                const bar = bars[item.dataIndex];
                return `${rounded(bar.median)} events/s, ${rounded(bar.least)} to ${rounded(bar.most)}`;
              },
            },
          },
        },
        scales: {
          x: {min: 0, grid: {color: colour.line}, ticks: axis},
          y: {grid: {display: false}, ticks: {color: colour.ink}},
        },
      },
    });
  }

  function draw() {
    charts.forEach(chart => chart.destroy());
    charts = [];
    document.querySelectorAll('[data-chart]').forEach(place =>
      charts.push(reliability(place.querySelector('canvas'), data[place.dataset.chart])));
    document.querySelectorAll('[data-counts]').forEach(place =>
      charts.push(counts(place.querySelector('canvas'), data[place.dataset.counts])));
    document.querySelectorAll('[data-rates]').forEach(place =>
      charts.push(rates(place.querySelector('canvas'), data[place.dataset.rates])));
  }

  function value(row, column) {
    const text = row.cells[column].textContent.trim();
    const number = parseFloat(text.replaceAll(',', ''));
    return row.cells[column].classList.contains('number') && !Number.isNaN(number) ? number : text;
  }

  function sort(table, head, column) {
    const order = head.getAttribute('aria-sort') === 'descending' ? 'ascending' : 'descending';
    const sign = order === 'ascending' ? 1 : -1;
    table.querySelectorAll('th').forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', order);
    const body = table.tBodies[0];
    [...body.rows]
      .map(row => [value(row, column), row])
      .sort(([a], [b]) => sign * (typeof a === 'number' && typeof b === 'number'
        ? a - b : String(a).localeCompare(String(b))))
      .forEach(([, row]) => body.append(row));
  }

  function makeSortable(table) {
    table.querySelectorAll('thead th').forEach((head, column) => {
      if (head.textContent) {
        head.tabIndex = 0;
        head.addEventListener('click', () => sort(table, head, column));
        head.addEventListener('keydown', event => {
          if (event.key === 'Enter') {
            sort(table, head, column);
          }
        });
      }
    });
  }

  function makeFilter(input) {
    const articles = [...input.parentElement.querySelectorAll('article')];
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLowerCase();
      articles.forEach(article => {
        article.hidden = !article.textContent.toLowerCase().includes(wanted);
      });
    });
  }

  draw();
  dark.addEventListener('change', draw);
  document.querySelectorAll('.sortable').forEach(makeSortable);
  document.querySelectorAll('.filter').forEach(makeFilter);
})();

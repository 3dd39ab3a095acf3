import type { EChartsCoreOption } from 'echarts/core';
import { chartMarkup } from './chart-markup.ts';
import type { Markup } from './markup.ts';

interface Drawing {
  /** Begins the ids in the drawing; every drawing of a page has another. */
  readonly name: string;
  /** What the drawing shows, in words, for those who cannot see it. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly option: EChartsCoreOption;
}

export type DrawChart = (drawing: Drawing) => Markup;

/** Charts as SVG, drawn without a browser. Takes half a second to load, so nothing loads it but the report that has charts. */
export async function loadCharts(): Promise<DrawChart> {
  const [{ init, use }, { BarChart, LineChart }, { GridComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  use([BarChart, LineChart, GridComponent, SVGRenderer]);
  return ({ name, label, width, height, option }) => {
    // https://echarts.apache.org/handbook/en/how-to/cross-platform/server/
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      chart.setOption({ animation: false, textStyle: { color: 'var(--muted)' }, ...option });
      return chartMarkup(chart.renderToSVGString(), { name, label });
    } finally {
      chart.dispose();
    }
  };
}

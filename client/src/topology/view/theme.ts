/** The colours of the picture, from the editor's theme; a browser tab has defaults of its own in view.css. */
export interface Theme {
  readonly background: string;
  readonly foreground: string;
  readonly faint: string;
  readonly panel: string;
  readonly line: string;
  readonly focus: string;
  readonly error: string;
  readonly warning: string;
  readonly information: string;
  readonly blue: string;
  readonly green: string;
  readonly purple: string;
  readonly teal: string;
  readonly orange: string;
  readonly font: string;
  /** Only borders tell things apart; fills are the background's. */
  readonly isHighContrast: boolean;
  readonly isDark: boolean;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (fallback: string, ...names: string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(name).trim();
      if (value !== '') return opaque(value);
    }
    return fallback;
  };
  const background = read('#ffffff', '--vscode-editor-background', '--selvage-background');
  const foreground = read('#1f2328', '--vscode-editor-foreground', '--vscode-foreground', '--selvage-foreground');
  const isHighContrast = /high-contrast/.test(document.body.className);
  return {
    background,
    foreground,
    faint: isHighContrast ? foreground : read('#57606a', '--vscode-descriptionForeground', '--selvage-faint'),
    panel: isHighContrast ? background : read('#f6f8fa', '--vscode-sideBar-background', '--selvage-panel'),
    line: isHighContrast
      ? read(foreground, '--vscode-contrastBorder')
      : read('#d0d7de', '--vscode-editorWidget-border', '--vscode-panel-border', '--selvage-line'),
    focus: read('#0969da', '--vscode-focusBorder', '--selvage-focus'),
    error: read('#cf222e', '--vscode-editorError-foreground', '--vscode-charts-red', '--selvage-error'),
    warning: read('#bf8700', '--vscode-editorWarning-foreground', '--vscode-charts-yellow', '--selvage-warning'),
    information: read('#0969da', '--vscode-editorInfo-foreground', '--vscode-charts-blue', '--selvage-blue'),
    blue: read('#0969da', '--vscode-charts-blue', '--selvage-blue'),
    green: read('#1a7f37', '--vscode-charts-green', '--selvage-green'),
    purple: read('#8250df', '--vscode-charts-purple', '--selvage-purple'),
    teal: read('#0a7b83', '--vscode-terminal-ansiCyan', '--selvage-teal'),
    orange: read('#bc4c00', '--vscode-charts-orange', '--selvage-orange'),
    font: read('sans-serif', '--vscode-font-family', '--selvage-font'),
    isHighContrast,
    isDark: brightness(background) < 128,
  };
}

/** Calls back when the editor's theme changes, and when the system's does. */
export function onThemeChange(listener: () => void): void {
  new MutationObserver(listener).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener);
}

/** The canvas knows no eight-digit colours: the last two, which are the opacity, are left out. */
function opaque(colour: string): string {
  return /^#[0-9a-f]{8}$/i.test(colour) ? colour.slice(0, 7) : colour;
}

function brightness(colour: string): number {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
  if (digits !== null) {
    const [red, green, blue] = digits.slice(1).map((part) => Number.parseInt(part, 16)) as [number, number, number];
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  const parts = /(\d+)\D+(\d+)\D+(\d+)/.exec(colour);
  return parts === null ? 255 : 0.299 * Number(parts[1]) + 0.587 * Number(parts[2]) + 0.114 * Number(parts[3]);
}

/** The colour of a node or connection by its role. */
export function roleColour(theme: Theme, role: string): string {
  switch (role) {
    case 'router':
    case 'ebgp':
    case 'subnet':
      return theme.blue;
    case 'reflector':
    case 'ibgp':
    case 'services':
    case 'mesh':
      return theme.purple;
    case 'node':
    case 'pool':
    case 'block':
      return theme.green;
    case 'bridge':
    case 'network':
    case 'named':
      return theme.teal;
    case 'management':
      return theme.orange;
    case 'missing':
    case 'overlap':
      return theme.error;
    default:
      return theme.faint;
  }
}

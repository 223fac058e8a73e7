import type { Core } from 'cytoscape';

interface Viewport {
  readonly zoom: number;
  readonly pan: { readonly x: number; readonly y: number };
}

/** What Cytoscape's canvas renderer keeps, and takes as options only when it starts. */
interface Renderer {
  render(options?: { readonly forcedContext?: unknown }): void;
  textureOnViewport: boolean;
  /** The picture that is moved while a gesture lasts. */
  textureCache?: {
    readonly texture: HTMLCanvasElement;
    readonly viewport: Viewport & {
      readonly width: number;
      readonly height: number;
      readonly mpan: { readonly x: number; readonly y: number };
    };
  } | null;
  /** What the canvases were drawn for. */
  readonly prevViewport?: Viewport;
  readonly NODE: number;
  readonly data: { readonly canvases: readonly HTMLCanvasElement[]; readonly wheelZooming?: boolean };
  readonly hoverData: { readonly dragging?: boolean };
  readonly pinching?: boolean;
  readonly swipePanning?: boolean;
}

const rendererOf = (core: Core): Renderer => (core as unknown as { renderer(): Renderer }).renderer();

/** Whether a picture of the picture is moved while a hand pans or zooms: drawing many elements takes too long for a frame. */
export function moveAsPicture(core: Core, isLarge: boolean): void {
  rendererOf(core).textureOnViewport = isLarge;
}

/**
 * Lets what is on the screen be the picture that is moved. Cytoscape would draw every element anew for it when the gesture
 * begins, which for a thousand nodes stops the hand for half a second and more.
 */
export function moveWhatIsShown(core: Core): void {
  const renderer = rendererOf(core);
  const copy = document.createElement('canvas');
  const render = renderer.render.bind(renderer);
  renderer.render = (options) => {
    const { data, hoverData, pinching, swipePanning } = renderer;
    const isMoving = data.wheelZooming || hoverData.dragging || pinching || swipePanning;
    // `forcedContext` is a drawing for something else than the screen.
    if (isMoving && renderer.textureOnViewport && !renderer.textureCache && options?.forcedContext === undefined)
      renderer.textureCache = shownIn(renderer, copy);
    render(options);
  };
}

/** What the screen shows as a picture to move; null while nothing was drawn on it. */
function shownIn(
  { data, NODE, prevViewport }: Renderer,
  copy: HTMLCanvasElement,
): NonNullable<Renderer['textureCache']> | null {
  const shown = data.canvases[NODE];
  if (shown === undefined || prevViewport === undefined || shown.width * shown.height === 0) return null;
  const { width, height } = shown;
  copy.width = width;
  copy.height = height;
  copy.getContext('2d')?.drawImage(shown, 0, 0);
  const { zoom, pan } = prevViewport;
  const mpan = { x: -pan.x / zoom, y: -pan.y / zoom };
  return { texture: copy, viewport: { zoom, pan, width, height, mpan } };
}

import { app } from './app.ts';
import { browserHost } from './host-browser.ts';
import { editorHost } from './host-editor.ts';
import css from './view.css';

declare const acquireVsCodeApi: undefined | (() => Parameters<typeof editorHost>[0]);

// A sheet that is made by script needs no permission for inline styles.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

// The drawing library adds a style element unless there is one by this name; the content security policy refuses it.
const stylesheet = document.createElement('template');
stylesheet.id = '__________cytoscape_stylesheet';
document.head.append(stylesheet);

void app(typeof acquireVsCodeApi === 'function' ? editorHost(acquireVsCodeApi()) : browserHost(), document.body);

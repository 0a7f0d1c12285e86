/*
 * <ccproxy-models>: which model? One file without any dependency, for any page:
 *
 *   <script type="module" src="http://127.0.0.1:8081/ccproxy/models.js"></script>
 *   <ccproxy-models name="model" storage="my-model"></ccproxy-models>
 *
 * Attributes: value (the id), src (where the models are asked for; by default the gateway that served this file), storage
 * (the name under which localStorage keeps the choice), name (of the field in a form), label (for screen readers; "Model"),
 * all (models without chat, such as embeddings, too), disabled. Properties: value, model (all that is known of it),
 * models, headers (sent with each question, e.g. an authorization). Events: "change" when somebody chose, "models" when
 * the list is new; both bubble, detail is {value, model} and {models}. Colours: --ccproxy-text, -muted, -background,
 * -line, -accent, -good, -warn, -bad, or color-scheme alone.
 */

const HERE = new URL('models', import.meta.url).href;
const REFRESH = 15_000;

const STYLE = `
:host { display: inline-block; position: relative; font: inherit; max-width: 100%; min-width: 0;
  --c-text: var(--ccproxy-text, light-dark(#171b22, #e4e8ee)); --c-muted: var(--ccproxy-muted, light-dark(#566070, #98a3b3));
  --c-background: var(--ccproxy-background, light-dark(#ffffff, #1c2129)); --c-line: var(--ccproxy-line, light-dark(#8a93a0, #596373));
  --c-accent: var(--ccproxy-accent, light-dark(#2857c4, #82a8ff)); --c-soft: color-mix(in srgb, var(--c-accent) 13%, var(--c-background));
  --c-good: var(--ccproxy-good, light-dark(#17713f, #5fce92)); --c-warn: var(--ccproxy-warn, light-dark(#8a5300, #e8b45a));
  --c-bad: var(--ccproxy-bad, light-dark(#b3261e, #ff8d84)); }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
button { font: inherit; color: var(--c-text); background: none; border: 0; cursor: pointer; text-align: left; padding: 0; }
:focus-visible { outline: 2px solid var(--c-accent); outline-offset: 1px; }
.line { display: flex; gap: 6px; align-items: center; min-width: 0; flex-wrap: wrap; }
.open { display: inline-flex; align-items: center; gap: 7px; min-height: 32px; max-width: 100%; padding: 3px 10px; border: 1px solid var(--c-line);
  border-radius: 7px; background: var(--c-background); }
.open:disabled { color: var(--c-muted); cursor: not-allowed; }
.clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.dot { flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--c-muted); }
.dot.ready { background: var(--c-good); }
.dot.away { background: var(--c-bad); }
.dot.cold { background: none; box-shadow: inset 0 0 0 2px var(--c-warn); }
.arrow { color: var(--c-muted); }
.switch { color: var(--c-accent); text-decoration: underline; text-underline-offset: 2px; min-height: 30px; }
.reason { color: var(--c-bad); }
.sheet { position: fixed; inset: auto; margin: 0; padding: 6px; width: min(25rem, calc(100vw - 16px)); max-height: min(32rem, calc(100dvh - 16px)); overflow: auto;
  color: var(--c-text); background: var(--c-background); border: 1px solid color-mix(in srgb, var(--c-line) 50%, transparent); border-radius: 11px; box-shadow: 0 12px 40px #0005;
  font-size: 13.5px; line-height: 1.4; }
.sheet h2 { margin: 0; padding: 8px 10px 3px; font-size: 11px; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: var(--c-muted); }
.option { display: grid; grid-template-columns: 14px minmax(0, 1fr) auto; gap: 1px 8px; align-items: center; width: 100%; padding: 7px 10px; border-radius: 8px; }
.option:hover, .option:focus, .instead:hover, .instead:focus { background: var(--c-soft); }
.option[aria-disabled=true] { cursor: not-allowed; }
.option .name { font-weight: 600; overflow-wrap: anywhere; }
.option[aria-disabled=true] .name { color: var(--c-muted); }
.option .facts { grid-column: 2 / 4; color: var(--c-muted); font-size: 12.5px; }
.option .reason { grid-column: 2 / 4; font-size: 12.5px; }
.option[aria-checked=true] .name::after { content: " ✓"; color: var(--c-accent); }
.badges { display: flex; gap: 4px; }
.badge { font-size: 11px; line-height: 18px; padding: 0 6px; border-radius: 9px; background: color-mix(in srgb, var(--c-accent) 20%, var(--c-background)); color: var(--c-text); }
.instead { display: block; width: 100%; padding: 5px 10px 8px 32px; border-radius: 8px; color: var(--c-accent); }
.note { padding: 10px; color: var(--c-muted); margin: 0; }
@media (max-width: 640px) {
  .sheet { inset: auto 0 0 0; left: 0 !important; top: auto !important; width: 100%; max-height: 80dvh; border-radius: 16px 16px 0 0; border-width: 1px 0 0;
    padding: 8px 8px calc(12px + env(safe-area-inset-bottom)); font-size: 15px; }
  .sheet::before { content: ""; display: block; width: 40px; height: 4px; border-radius: 2px; background: color-mix(in srgb, var(--c-line) 60%, transparent); margin: 2px auto 6px; }
  .sheet::backdrop { background: #0a0d1280; }
  .option { padding-block: 10px; }
  .instead { padding-block: 9px 12px; }
  .open { min-height: 40px; }
  .sheet:popover-open { animation: rise .16s ease-out; }
  @keyframes rise { from { transform: translateY(24px); opacity: .5; } }
}
@media (prefers-reduced-motion: reduce) { .sheet:popover-open { animation: none; } }
`;

/** A part of the page; text is always text. */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name === 'className' ? 'class' : name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** What is said about a model besides its name. */
export function facts(model) {
  const window = model.context ? `${model.context >= 1024 ? `${Math.round(model.context / 1024)} k` : model.context} window` : '';
  const abilities = (model.abilities ?? []).filter((ability) => ability !== 'completion').join(', ');
  const seconds = Math.round((model.expected_wait_ms ?? 0) / 1000);
  const wait = !model.available || model.expected_wait_ms === null ? '' : seconds < 1 ? 'starts now' : `about ${seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} to wait`;
  return [window, abilities, wait, model.waiting > 0 ? `${model.waiting} waiting` : ''].filter(Boolean).join(' · ');
}

/** Groups in the order in which they are shown; none is empty. */
export function groups(models, all = false) {
  const chats = (model) => !(model.abilities ?? []).includes('embedding');
  const found = { 'Ready now': [], 'Loads first': [], 'Not chat': [], 'Not available': [] };
  for (const model of models) {
    if (!chats(model) && !all) continue;
    const group = !model.available ? 'Not available' : !chats(model) ? 'Not chat' : (model.loaded_on ?? []).length > 0 ? 'Ready now' : 'Loads first';
    found[group].push(model);
  }
  return Object.entries(found).filter(([, members]) => members.length > 0);
}

const state = (model) => (!model ? '' : !model.available ? 'away' : (model.loaded_on ?? []).length > 0 ? 'ready' : 'cold');
const STATES = { away: 'offline', ready: 'ready', cold: 'loads first', '': 'unknown' };

class CcproxyModels extends (globalThis.HTMLElement ?? class {}) {
  static formAssociated = true;
  static observedAttributes = ['value', 'src', 'disabled', 'label', 'all'];

  constructor() {
    super();
    this.models = [];
    this.headers = {};
    this.internals = this.attachInternals();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [sheet];
    this.line = make('div', { className: 'line' });
    this.sheet = make('div', { className: 'sheet', popover: 'auto', role: 'menu', id: 'sheet' });
    this.sheet.addEventListener('toggle', (event) => this.toggled(event));
    this.sheet.addEventListener('keydown', (event) => this.walk(event));
    root.append(this.line, this.sheet);
  }

  connectedCallback() {
    if (!this.value) this.choose(this.remembered(), false);
    this.draw();
    this.refresh();
    this.timer = setInterval(() => document.hidden || this.refresh(), REFRESH);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === 'value') this.internals.setFormValue(after);
    if (name === 'src' && this.isConnected) this.refresh();
    if (this.isConnected) this.draw();
  }

  get value() {
    return this.getAttribute('value') ?? '';
  }

  set value(id) {
    if (id) this.setAttribute('value', id);
    else this.removeAttribute('value');
  }

  get model() {
    return this.models.find((model) => model.id === this.value || (model.aliases ?? []).includes(this.value)) ?? null;
  }

  /** Asks the gateway again; the last list stays while it does not answer. */
  async refresh() {
    try {
      const response = await fetch(this.getAttribute('src') || HERE, { headers: this.headers, credentials: 'same-origin' });
      const body = await response.json();
      if (!response.ok) throw new Error(body.error?.message ?? `The gateway answered ${response.status}.`);
      this.models = body.models;
      this.error = null;
      if (!this.value) this.choose(this.first(), false);
      this.dispatchEvent(new CustomEvent('models', { bubbles: true, composed: true, detail: { models: this.models } }));
    } catch (cause) {
      this.error = cause instanceof TypeError ? 'The gateway does not answer.' : cause.message;
    }
    this.draw();
  }

  first() {
    const shown = groups(this.models, this.hasAttribute('all')).flatMap(([, members]) => members);
    return (shown.find((model) => model.available) ?? shown[0])?.id ?? '';
  }

  remembered() {
    try {
      const name = this.getAttribute('storage');
      return name ? localStorage.getItem(name) ?? '' : '';
    } catch {
      return '';
    }
  }

  choose(id, told = true) {
    if (!id || id === this.value) return;
    this.value = id;
    if (!told) return;
    try {
      const name = this.getAttribute('storage');
      if (name) localStorage.setItem(name, id);
    } catch {
      // A browser that keeps nothing forgets the choice with the page.
    }
    this.dispatchEvent(new CustomEvent('change', { bubbles: true, composed: true, detail: { value: id, model: this.model } }));
  }

  draw() {
    this.drawLine();
    if (this.sheet.matches(':popover-open')) this.drawSheet();
  }

  drawLine() {
    const { model } = this;
    const focused = this.shadowRoot.activeElement?.dataset.part;
    const label = this.getAttribute('label') ?? 'Model';
    const words = this.value || (this.error ? 'no models' : 'model …');
    this.opener = make('button', {
      className: 'open', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': String(this.sheet.matches(':popover-open')), 'data-part': 'open',
      'aria-label': `${label}: ${words}${model ? `, ${STATES[state(model)]}` : ''}`, disabled: this.hasAttribute('disabled'), title: this.error ?? model?.reason,
      onclick: () => this.show(),
    }, make('span', { className: `dot ${state(model)}` }), make('span', { className: 'clip' }, words), make('span', { className: 'arrow', 'aria-hidden': 'true' }, '▾'));
    const instead = model && !model.available && model.alternative;
    this.line.replaceChildren(this.opener, ...(model && !model.available ? [make('span', { className: 'reason' }, instead ? 'offline,' : 'offline')] : []),
      ...(instead ? [this.switcher(model, 'switch', 'switch')] : []));
    if (focused) this.line.querySelector(`[data-part=${focused}]`)?.focus();
  }

  switcher(model, className, part) {
    return make('button', { type: 'button', className, 'data-part': part, role: part ? undefined : 'menuitem', tabindex: part ? undefined : '-1', onclick: () => this.pick(model.alternative) },
      part ? `switch to ${model.alternative}` : `${model.id} is offline: switch to ${model.alternative}`);
  }

  drawSheet() {
    const at = this.options().indexOf(this.shadowRoot.activeElement);
    this.sheet.setAttribute('aria-label', this.getAttribute('label') ?? 'Model');
    const shown = groups(this.models, this.hasAttribute('all'));
    this.sheet.replaceChildren(...shown.map(([name, members], index) => make('div', { role: 'group', 'aria-labelledby': `group-${index}` },
      make('h2', { id: `group-${index}`, role: 'presentation' }, name), ...members.flatMap((model) => this.option(model)))));
    if (shown.length === 0) this.sheet.append(make('button', { className: 'note', role: 'menuitem', tabindex: '-1', onclick: () => this.refresh() }, this.error ?? 'No models yet.', ' Ask again.'));
    else if (this.error) this.sheet.append(make('button', { className: 'note', role: 'menuitem', tabindex: '-1', onclick: () => this.refresh() }, `${this.error} This is how it was. Ask again.`));
    if (at >= 0) this.options()[at]?.focus();
  }

  option(model) {
    const entry = make('button', {
      type: 'button', className: 'option', role: 'menuitemradio', tabindex: '-1', 'aria-checked': String(model === this.model),
      'aria-disabled': model.available ? undefined : 'true', 'data-id': model.id, onclick: () => model.available && this.pick(model.id),
    }, make('span', { className: `dot ${state(model)}` }), make('span', { className: 'name' }, model.id),
    make('span', { className: 'badges' }, ...(model.badges ?? []).map((badge) => make('span', { className: 'badge' }, badge))),
    model.reason && make('span', { className: 'reason' }, model.reason), make('span', { className: 'facts' }, facts(model)));
    return !model.available && model.alternative ? [entry, this.switcher(model, 'instead')] : [entry];
  }

  options() {
    return [...this.sheet.querySelectorAll('[role^=menuitem]')];
  }

  show() {
    if (this.sheet.matches(':popover-open')) return;
    this.refresh();
    this.drawSheet();
    this.sheet.showPopover();
    this.place();
    (this.sheet.querySelector('[aria-checked=true]') ?? this.options()[0])?.focus();
  }

  /** Above the button where there is more room; on phones the stylesheet makes it a sheet at the bottom. */
  place() {
    const button = this.opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.sheet;
    const above = button.top > innerHeight - button.bottom;
    this.sheet.style.top = `${above ? Math.max(8, button.top - height - 5) : Math.min(button.bottom + 5, innerHeight - height - 8)}px`;
    this.sheet.style.left = `${Math.max(8, Math.min(button.left, innerWidth - width - 8))}px`;
  }

  pick(id) {
    const inSheet = this.sheet.matches(':popover-open');
    if (inSheet) this.sheet.hidePopover();
    this.choose(id);
    this.drawLine();
    this.opener.focus();
  }

  toggled(event) {
    const open = event.newState === 'open';
    this.opener.setAttribute('aria-expanded', String(open));
    if (!open && (this.shadowRoot.activeElement === null || this.sheet.contains(this.shadowRoot.activeElement))) {
      if (document.activeElement === this || document.activeElement === document.body) this.opener.focus();
    }
  }

  walk(event) {
    const all = this.options();
    const at = all.indexOf(this.shadowRoot.activeElement);
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    const typed = event.key.length === 1 && event.key !== ' ' ? all.findIndex((option) => option.dataset.id?.toLowerCase().startsWith(event.key.toLowerCase())) : -1;
    const next = all[to ?? typed];
    if (event.key === 'Tab') this.sheet.hidePopover();
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  }
}

if (globalThis.customElements && !customElements.get('ccproxy-models')) customElements.define('ccproxy-models', CcproxyModels);

// <ccproxy-models>, the model selector that any page may load.
class Models extends HTMLElement {}
customElements.define('ccproxy-models', Models);

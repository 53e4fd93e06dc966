// Takes the calls of a canvas and gives them back as SVG, as text or as elements: in layers, each
// tie and entity with an id and a title of its own.

const SVG_SPACE = 'http://www.w3.org/2000/svg', INKSCAPE_SPACE = 'http://www.inkscape.org/namespaces/inkscape';
class SvgRecorder {
  constructor() {
    this.root = []; this.into = this.root; this.path = ''; this.dash = []; this.globalAlpha = 1; this.lineWidth = 1; this.named = null; this.ids = new Set();
    this.measure = document.createElement('canvas').getContext('2d');
  }
  at(...numbers) { return numbers.map((n) => +n.toFixed(1)).join(' '); }
  // An id that XML allows and that is there once.
  id(text) {
    let id = text.replace(/[^A-Za-z0-9_.]+/g, '-').replace(/^[^A-Za-z_]/, '_$&'), n = 1;
    while (this.ids.has(id)) id = `${id.replace(/\.\d+$/, '')}.${++n}`;
    this.ids.add(id);
    return id;
  }
  layer(name) {
    const group = ['g', { id: this.id('layer-' + name), 'inkscape:groupmode': 'layer', 'inkscape:label': name }, []];
    this.root.push(group);
    this.into = group[2];
    this.named = null;
  }
  // What follows belongs to one thing.
  name(id, title) {
    const group = ['g', { id: this.id(id) }, [['title', {}, title]]];
    this.into = this.root.at(-1)[2];
    this.into.push(group);
    this.into = group[2];
  }
  beginPath() { this.path = ''; }
  moveTo(x, y) { this.path += 'M' + this.at(x, y); }
  lineTo(x, y) { this.path += 'L' + this.at(x, y); }
  quadraticCurveTo(a, b, x, y) { this.path += 'Q' + this.at(a, b, x, y); }
  closePath() { this.path += 'Z'; }
  arc(x, y, r) { this.path += `M${this.at(x + r, y)}A${this.at(r, r)} 0 1 0 ${this.at(x - r, y)}A${this.at(r, r)} 0 1 0 ${this.at(x + r, y)}Z`; }
  setLineDash(dash) { this.dash = dash; }
  look(rest) { return this.globalAlpha < 1 ? { ...rest, opacity: this.globalAlpha } : rest; }
  stroke() { if (this.path) this.into.push(['path', this.look({ d: this.path, fill: 'none', stroke: this.strokeStyle, 'stroke-width': +this.lineWidth.toFixed(2), 'stroke-linecap': this.lineCap === 'round' ? 'round' : null, 'stroke-dasharray': this.dash.length ? this.dash.join(' ') : null }), null]); }
  fill() { if (this.path) this.into.push(['path', this.look({ d: this.path, fill: this.fillStyle }), null]); }
  measureText(text) { this.measure.font = this.font; return this.measure.measureText(text); }
  text(text, x, y, look) {
    const [, weight, height] = /^(\d+)\s([\d.]+)px/.exec(this.font);
    const anchor = { center: 'middle', left: 'start', right: 'end' }[this.textAlign] ?? 'middle';
    this.into.push(['text', this.look({ x: this.at(x), y: this.at(y + height * 0.35), 'text-anchor': anchor, direction: this.direction === 'rtl' ? 'rtl' : null, 'font-weight': weight, 'font-size': height, ...look }), text]);
  }
  // A halo is part of the text that follows: a text stands in the picture once.
  strokeText() { this.halo = { stroke: this.strokeStyle, 'stroke-width': this.lineWidth, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }; }
  fillText(text, x, y) { this.text(text, x, y, { fill: this.fillStyle, ...this.halo }); this.halo = null; }
  // The whole picture of this size.
  tree(width, height, title) {
    return ['svg', { xmlns: SVG_SPACE, 'xmlns:inkscape': INKSCAPE_SPACE, viewBox: `0 0 ${this.at(width, height)}`, width, height, role: 'img', 'font-family': FONT },
      [['title', {}, title], ['rect', { width: '100%', height: '100%', fill: ink.ground }, null], ...this.root]];
  }
  static escape(text) { return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/[&<>\x22\x27]/g, (c) => `&#${c.charCodeAt(0)};`); }
  static markup([tag, attributes, content]) {
    const given = Object.entries(attributes).filter(([, value]) => value != null).map(([name, value]) => ` ${name}="${SvgRecorder.escape(value)}"`).join('');
    if (content === null) return `<${tag}${given}/>\n`;
    return `<${tag}${given}>${Array.isArray(content) ? '\n' + content.map(SvgRecorder.markup).join('') : SvgRecorder.escape(content)}</${tag}>\n`;
  }
  static element([tag, attributes, content]) {
    const made = document.createElementNS(SVG_SPACE, tag);
    for (const [name, value] of Object.entries(attributes)) if (value != null && !name.startsWith('xmlns') && !name.startsWith('inkscape')) made.setAttribute(name, value);
    if (Array.isArray(content)) made.append(...content.map(SvgRecorder.element)); else if (content !== null) made.textContent = content;
    return made;
  }
}

(async (d, at) => {
const { page: { url }, status, incidents } = await (await fetch(new URL('api/v2/summary.json', at))).json()
const open = incidents.map(i => i.name).join(' | ')
if (status.indicator == 'none' && !open) return
const text = open ? 'Incident: ' + open.slice(0, 150) : status.description
try { if (sessionStorage.halfpast == text) return } catch {}
const el = (tag, style, more) => Object.assign(d.createElement(tag), { style: `all:${style};font:1em sans-serif;color:#fff;background:#8a1420;padding:.5em`, ...more })
const bar = el('div', 'initial;position:fixed;inset:auto 0 0;z-index:9999;display:flex', { role: 'status' })
d.documentElement.append(bar)
setTimeout(() => bar.append(
el('a', 'revert;flex:1;overflow-wrap:anywhere', { textContent: text, ...(/^https?:/.test(url) && { href: url }) }),
el('button', 'revert;border:0', { textContent: '\xd7', ariaLabel: 'Close', onclick() { bar.remove(); sessionStorage.halfpast = text } })
), 99)
})(document, document.currentScript.src).catch(() => {})

(async (page, at) => {
const { page: { url }, status, incidents } = await (await fetch(new URL('api/v2/summary.json', at))).json()
const open = incidents.map(({ name }) => name).join(' · ')
if (status.indicator == 'none' && !open) return
const text = open ? 'Incident: ' + open : status.description
try { if (sessionStorage.halfpast == text) return } catch {}
const make = (tag, style, more) => Object.assign(page.createElement(tag), { style: `all:${style};font:1em sans-serif;color:#fff;background:#8a1420;padding:.5em`, ...more })
const bar = make('div', 'initial;position:fixed;inset:auto 0 0;z-index:9999;display:flex', { role: 'status' });
(page.body || page.documentElement).append(bar)
setTimeout(() => bar.append(
make('a', 'revert;flex:1', { textContent: text, ...(/^https?:/.test(url) && { href: url }) }),
make('button', 'revert;border:0', { textContent: '×', ariaLabel: 'Close', onclick() { bar.remove(); sessionStorage.halfpast = text } })
), 99)
})(document, document.currentScript.src).catch(() => {})

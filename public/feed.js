// Makes the titles of a feed links for people who open it in a browser: a style can't. Feed readers ignore it.
addEventListener('DOMContentLoaded', () => {
  for (const item of document.querySelectorAll('item, entry')) {
    const [title, link] = ['title', 'link'].map((name) => item.querySelector(`:scope > ${name}`))
    const address = link?.getAttribute('href') ?? link?.textContent ?? ''
    if (title === null || !/^https?:/.test(address)) continue
    const anchor = document.createElementNS('http://www.w3.org/1999/xhtml', 'a')
    anchor.href = address
    anchor.append(...title.childNodes)
    title.append(anchor)
  }
})

/** Details menus close the way other menus do. */
const menus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll('details.menu[open]');
document.addEventListener('click', ({ target }) => {
  for (const menu of menus()) menu.open = menu.contains(target as Node);
});
document.addEventListener('keydown', ({ key }) => {
  for (const menu of menus()) {
    if (key !== 'Escape') continue;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});

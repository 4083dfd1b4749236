// A classic script in the head, so that the page is never drawn in the wrong theme first.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  // Storage may be forbidden; the theme then follows the system until the page is left.
  const read = () => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null;
    }
  };
  const remember = (theme) => {
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Nothing to do: the theme holds for this page.
    }
  };

  const show = () => {
    const chosen = read();
    const theme = chosen === 'dark' || chosen === 'light' ? chosen : system.matches ? 'dark' : 'light';
    apply(theme);
  };
  const apply = (theme) => {
    root.dataset.theme = theme;
    document.getElementById('theme')?.setAttribute('aria-pressed', String(theme === 'dark'));
  };

  show();
  system.addEventListener('change', show);
  addEventListener('storage', show);
  document.addEventListener('DOMContentLoaded', () => {
    const toggle = document.getElementById('theme');
    toggle.hidden = false;
    apply(root.dataset.theme);
    toggle.addEventListener('click', () => {
      const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
      remember(theme);
      apply(theme);
    });
  });
})();

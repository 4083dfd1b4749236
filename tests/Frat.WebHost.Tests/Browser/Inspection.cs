using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Frat.WebHost.Tests.Browser;

/// <summary>What is wrong with a page, as far as programs see it: by the house's own rules, and by axe's.</summary>
internal static class Inspection
{
    // Everything that can be seen or reached and has no name, no label, or a place that it must not have.
    public const string FindFaults = """
        () => {
          const faults = [];
          const count = (selector, expected) => {
            const found = document.querySelectorAll(selector).length;
            if (found !== expected) faults.push(`${found} × ${selector}`);
          };
          for (const landmark of ['body > header', 'header nav[aria-label]', 'main', 'footer', 'h1']) count(landmark, 1);
          if (document.documentElement.lang !== 'en') faults.push('no language');
          for (const input of document.querySelectorAll('input:not([type=hidden]), select')) {
            if (!input.labels.length && !input.ariaLabel) faults.push(`no label: ${input.outerHTML}`);
          }
          for (const control of document.querySelectorAll('button, a')) {
            if (!control.textContent.trim() && !control.ariaLabel) faults.push(`no name: ${control.outerHTML}`);
            const box = control.getBoundingClientRect();
            if (control.checkVisibility() && !control.closest('p, .top nav, .skip') && box.height > 0 && box.height < 24) {
              faults.push(`too small: ${control.outerHTML}`);
            }
          }
          for (const image of document.querySelectorAll('img')) {
            if (image.alt === '' && !image.closest('template')) faults.push('no alt text');
          }
          const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
          faults.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`));
          for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby], [for]')) {
            for (const name of ['aria-describedby', 'aria-labelledby', 'for']) {
              for (const id of (element.getAttribute(name) ?? '').split(' ').filter(Boolean)) {
                if (!document.getElementById(id)) faults.push(`${name} points nowhere: ${id}`);
              }
            }
          }
          if (document.querySelector('[style], style, script:not([src]), [onclick]')) faults.push('inline script or style');
          const width = document.documentElement.scrollWidth;
          if (width > innerWidth) faults.push(`wider than the screen: ${width}`);
          return faults;
        }
        """;

    // Text against the nearest ground below it, by WCAG's formula: 4.5, or 3 for large text.
    public const string FindFaintText = """
        () => {
          const parse = (color) => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4))
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const ground = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const color = parse(getComputedStyle(e).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
            return parse(getComputedStyle(document.documentElement).backgroundColor);
          };
          const faint = [];
          for (const element of document.querySelectorAll('body *')) {
            const text = [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join(' ').trim();
            if (!text || !element.checkVisibility()) continue;
            if (element.closest('script, noscript, template, .visually-hidden, .skip, [aria-hidden]')) continue;
            const style = getComputedStyle(element);
            const [a, b] = [luminance(parse(style.color)), luminance(ground(element))];
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            const size = parseFloat(style.fontSize);
            const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            if (ratio < least) faint.push(`${ratio.toFixed(2)}: ${text} (${style.color})`);
          }
          return faint;
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>What axe finds wrong with a page as it is now, by all of its rules.</summary>
    public static async Task<IReadOnlyList<string>> RunAxeAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Axe);
        }

        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ resultTypes: ['violations'] })).violations
              .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
            """);
    }
}

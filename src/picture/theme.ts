/**
 * Colours and letters of the pictures, for light and dark pages alike.
 *
 * @since 0.1.0
 */

const light =
  '--ground:#ffffff;--panel:#f6f8fa;--line:#d1d9e0;--ink:#1f2328;--soft:#59636e;--good:#116329;--good-ground:#dafbe1;--bad:#b3171f;--bad-ground:#ffebe9;--open:#7d4e00;--open-ground:#fff8c5;--faint:#59636e;--faint-ground:#eff2f5'

const dark =
  '--ground:#0d1117;--panel:#151b23;--line:#3d444d;--ink:#f0f6fc;--soft:#9198a1;--good:#56d364;--good-ground:#12351d;--bad:#ff8e86;--bad-ground:#43181c;--open:#e3b341;--open-ground:#3a2d0a;--faint:#9198a1;--faint-ground:#212830'

/**
 * The colours as custom properties of an element.
 *
 * @category rendering
 * @since 0.1.0
 */
export const colours = (selector: string): string =>
  `${selector}{color-scheme:light dark;${light}}@media (prefers-color-scheme:dark){${selector}{${dark}}}`

/**
 * The fonts: that of the system, and its fixed one for texts of policies.
 *
 * @category rendering
 * @since 0.1.0
 */
export const fonts = {
  plain: 'system-ui,-apple-system,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif',
  fixed: 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace',
} as const

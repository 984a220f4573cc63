export type Theme = 'system' | 'light' | 'dark';

const key = 'crease-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

class Appearance {
  theme = $state<Theme>((localStorage.getItem(key) as Theme | null) ?? 'system');
  private systemDark = $state(system.matches);

  constructor() {
    system.addEventListener('change', event => (this.systemDark = event.matches));
    this.apply();
  }

  get dark(): boolean {
    return this.theme === 'system' ? this.systemDark : this.theme === 'dark';
  }

  toggle(): void {
    const next: Theme = this.dark ? 'light' : 'dark';
    this.theme = next === (system.matches ? 'dark' : 'light') ? 'system' : next;
    localStorage.setItem(key, this.theme);
    this.apply();
  }

  private apply(): void {
    document.documentElement.dataset['theme'] = this.theme;
  }
}

export const appearance = new Appearance();

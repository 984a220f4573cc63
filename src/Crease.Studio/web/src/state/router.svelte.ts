import { blank, formatHash, parseHash, type Address, type Page } from './hash';

class Router {
  address = $state.raw<Address>(parseHash(location.hash));
  private written = location.hash;

  constructor() {
    window.addEventListener('hashchange', () => {
      // Our own quiet changes come back here too.
      if (location.hash !== this.written) this.take();
    });
  }

  href(page: Page, rest: Partial<Address> = {}): string {
    return formatHash({ ...blank(page), ...rest });
  }

  go(page: Page, rest: Partial<Address> = {}): void {
    location.hash = this.href(page, rest);
  }

  /** Keeps the state in the address without a step in the history; what is shown does not change. */
  keep(address: Address): void {
    const hash = formatHash(address);
    if (hash === location.hash) return;
    this.written = hash;
    history.replaceState(null, '', hash);
  }

  private take(): void {
    this.written = location.hash;
    this.address = parseHash(location.hash);
  }
}

export const router = new Router();

/** The one script that a page names: wakes the islands that it holds. Pages are loaded whole; nothing is routed in the browser. */
import { createElement, type FunctionComponent } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { type IslandName, islands } from './islands.ts';

for (const place of document.querySelectorAll<HTMLElement>('[data-island]')) {
  const props = JSON.parse(place.nextElementSibling!.textContent) as object;
  void islands[place.dataset['island'] as IslandName]().then((part) => hydrateRoot(place, createElement(part as FunctionComponent<object>, props)));
}

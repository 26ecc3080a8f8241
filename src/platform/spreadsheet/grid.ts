/** The cells of one sheet, put where they stand as a reader meets them; what the sheet says of its own extent is not asked. */
import type { FoundCell, FoundSheet } from './book.ts';
import type { BookBudget } from './limits.ts';

export class Grid implements FoundSheet {
  readonly name: string;
  readonly rows: (FoundCell | undefined)[][] = [];
  readonly #budget: BookBudget;

  constructor(name: string, budget: BookBudget) {
    budget.sheet();
    this.name = name;
    this.#budget = budget;
  }

  /** Rows and columns count from 0. */
  put(row: number, column: number, cell: FoundCell): void {
    this.#budget.place(this.name, row, column);
    this.#budget.text(cell.text.length);
    if (row >= this.rows.length) {
      this.#budget.cells(row + 1 - this.rows.length);
      while (this.rows.length <= row) this.rows.push([]);
    }
    const cells = this.rows[row]!;
    if (column >= cells.length) this.#budget.cells(column + 1 - cells.length);
    while (cells.length < column) cells.push(undefined);
    cells[column] = cell;
  }
}

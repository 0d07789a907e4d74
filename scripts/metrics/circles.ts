// SPDX-License-Identifier: Apache-2.0
// Files that import one another in a circle, whether what they import is loaded or only a type.

/** Every group of files each of which reaches all others of its group (Tarjan's strongly connected components). */
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(file: string): number {
    const place = order.size;
    order.set(file, place);
    open.push(file);
    let low = place;
    for (const target of imports.get(file) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, lowest.get(target) ?? order.get(target) ?? low);
    }
    lowest.set(file, low);
    if (low === place) keep(open.splice(open.indexOf(file)), imports);
    return low;
  }

  function keep(group: string[], edges: ReadonlyMap<string, readonly string[]>): void {
    const [first = ''] = group;
    if (group.length > 1 || edges.get(first)?.includes(first)) circles.push(group.sort());
  }

  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}

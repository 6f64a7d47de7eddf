"""Horizontal bars as SVG, with nothing but the standard library."""

import html

WIDTH, LABELS, FIGURES, BAR, GAP, TOP = 860, 330, 70, 18, 8, 44
OURS, PEERS = "#2166ac", "#b0b0b0"


def bars(title, rows):
    """A picture of rows (label, value, least, most, whether it is ours); thin lines go from the least to the most."""
    scale = (WIDTH - LABELS - FIGURES) / max(most for _, _, _, most, _ in rows)
    height = TOP + len(rows) * (BAR + GAP) + GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f"<title>{html.escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="12" y="26" font-size="15" font-weight="bold">{html.escape(title)}</text>',
    ]
    for k, row in enumerate(rows):
        parts += bar(TOP + k * (BAR + GAP), scale, *row)
    return "\n".join(parts + ["</svg>"]) + "\n"


def bar(y, scale, label, value, least, most, ours):
    middle = y + BAR / 2
    end = LABELS + most * scale
    return [
        f'<text x="{LABELS - 8}" y="{middle + 4:.1f}" text-anchor="end">{html.escape(label)}</text>',
        f'<rect x="{LABELS}" y="{y}" width="{value * scale:.1f}" height="{BAR}" fill="{OURS if ours else PEERS}"/>',
        f'<path d="M{LABELS + least * scale:.1f} {middle:.1f}H{end:.1f}" stroke="black"/>',
        f'<text x="{end + 6:.1f}" y="{middle + 4:.1f}">{figure(value)}</text>',
    ]


def figure(value):
    """Three figures that count, thousands with commas."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"

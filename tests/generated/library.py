"""The many pages of a large app: volumes, and behind each its entries, in four shapes."""

from tests.generated.lines import quoted
from tests.generated.recipe import Recipe

EACH = 12  # entries of a volume


def on_home(recipe: Recipe) -> list[str]:
    """The row behind which it begins."""
    return ['Row(Text("全部栏目"), Row(), Text("›"), id="library", clickable=True)'] if recipe.size else []


def links(recipe: Recipe) -> list[str]:
    return ['"library": "Library"'] if recipe.size else []


def title_of(recipe: Recipe, number: int) -> str:
    """What an entry is called."""
    return f"{recipe.theme.items[number % 5]} {number + 1}"


def pages(recipe: Recipe) -> list[str]:
    """The list of volumes, a volume and an entry."""
    if not recipe.size:
        return []
    row, lists = 'Row(Text(f"{}"), Row(), Text("›"), id=f"to_{{n}}", clickable=True)', recipe.lists
    volume, entry = row.format("第 {n + 1} 辑"), row.format("{names[n % 5]} {n + 1}")
    names = ", ".join(quoted(item) for item in recipe.theme.items)
    return [
        "class Library(Page):",
        '    title = "全部栏目"',
        "",
        "    def body(self):",
        f"        return [{lists}(*({volume} for n in range({-(-recipe.size // EACH)})))]",
        "",
        "    def pressed(self, id):",
        '        self.start_activity("Volume", title=f"第 {int(id[3:]) + 1} 辑", number=int(id[3:]))',
        "",
        "class Volume(Page):",
        "    def body(self):",
        f'        first = {EACH} * self.intent.extras["number"]',
        f"        names, numbers = [{names}], range(first, min(first + {EACH}, {recipe.size}))",
        f"        return [{lists}(*({entry} for n in numbers))]",
        "",
        "    def pressed(self, id):",
        f"        number, names = int(id[3:]), [{names}]",
        '        self.start_activity("Entry", title=f"{names[number % 5]} {number + 1}", number=number)',
        "",
        "class Entry(Page):",
        "    def body(self):",
        '        words = Text(f"{self.title}，一句话说不完。"), Text("收录于往期栏目")',
        "        return [",
        "            words,",
        '            (Image("#C8E6C9", height=600), *words),',
        '            (*words, *(Row(Text(f"第 {n} 节"), Row(), Text(f"{n + 3} 分钟")) for n in range(1, 9))),',
        '            (WebView(*words, Text("转载请注明出处")),),',
        '        ][self.intent.extras["number"] % 4]',
        "",
    ]

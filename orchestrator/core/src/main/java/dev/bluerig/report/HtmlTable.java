package dev.bluerig.report;

import java.util.ArrayList;
import java.util.List;

/// A table of a page, its caption marked with the lab so that it says so even when it is cut out.
final class HtmlTable {
    /// As many rows stand on one page together.
    private static final int SHORT = 16;

    private final String style;
    private final List<Html> caption = new ArrayList<>();
    private final List<Html> head = new ArrayList<>();
    private final List<Html> rows = new ArrayList<>();

    /// `label`: the lab's, empty for real hardware.
    HtmlTable(String style, String caption, String label) {
        this.style = style;
        this.caption.add(new Html.Text(caption));
        if (!label.isEmpty()) this.caption.add(Html.of("span", label).with("class", "lab"));
    }

    HtmlTable heads(List<String> heads) {
        heads.forEach(each -> head.add(Html.of("th", each).with("scope", "col")));
        return this;
    }

    void row(List<? extends Html> cells) {
        rows.add(Html.of("tr", cells));
    }

    void texts(List<String> cells) {
        row(cells.stream().map(HtmlTable::td).toList());
    }

    /// A line over all columns, above the rows that it names.
    void group(List<Html> inside) {
        rows.add(Html.of("tr", Html.of("th", Html.of("div", inside)).with("colspan", String.valueOf(head.size())).with("scope", "rowgroup"))
            .with("class", "group"));
    }

    static Html.Element td(String text) {
        return Html.of("td", text);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Html table() {
        return Html.of("table", Html.of("caption", caption), Html.of("thead", Html.of("tr", head)), Html.of("tbody", rows))
            .with("class", rows.size() <= SHORT ? style + " short" : style);
    }
}

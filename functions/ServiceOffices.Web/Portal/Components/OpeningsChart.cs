using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders openings (up) and closings (down) by month. A bar is as wide as the precision of its date.</summary>
internal static class OpeningsChart
{
    private const double Width = 720;
    private const double Left = 36;
    private const double Right = 8;
    private const double Unit = 18;
    private const double Margin = 30;
    private const int ScaleStep = 2;

    public static void Render(HtmlBuilder html, IReadOnlyList<OpeningPeriod> periods, DateOnly today, LocalizedString label)
    {
        if (periods.Count == 0)
        {
            return;
        }

        var first = periods[0].From.Year;
        var months = (today.Year - first + 1) * 12;
        var step = (Width - Left - Right) / months;
        var up = periods.Max(period => period.Opened);
        var down = periods.Max(period => period.Closed);
        var zero = Margin + (up * Unit) + 8;
        var height = zero + (down * Unit) + 64;
        double X(DateOnly date) => Left + (step * (((date.Year - first) * 12) + date.Month - 1));

        html.AppendLine($"<svg class=\"chart\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{label}\">");
        RenderScale(html, zero, up, down);
        for (var year = first; year <= today.Year; year++)
        {
            var x = X(new DateOnly(year, 1, 1));
            html.AppendLine($"<path class=\"grid\" d=\"M{x} {Margin}V{height - 36}\"/><text class=\"axis axis-x{((year - first) % 2 == 1 ? " minor" : "")}\" x=\"{x + (6 * step)}\" y=\"{height - 10}\">{year}</text>");
        }

        // Wide bars first, so that months within them remain visible.
        foreach (var period in periods.OrderByDescending(period => period.Months))
        {
            RenderBar(html, period, X(period.From), step, zero);
        }

        html.AppendLine($"<path class=\"zero\" d=\"M{Left} {zero}H{Width - Right}\"/>\n</svg>");
    }

    // Lines and numbers at every second event, upwards for openings and downwards for closings.
    private static void RenderScale(HtmlBuilder html, double zero, int up, int down)
    {
        for (var value = 0; value <= up; value += ScaleStep)
        {
            RenderScaleLine(html, zero - (value * Unit), value);
        }

        for (var value = ScaleStep; value <= down; value += ScaleStep)
        {
            RenderScaleLine(html, zero + (value * Unit), value);
        }

        html.AppendLine($"<text class=\"axis axis-title\" x=\"0\" y=\"15\">{new LocalizedString("Offices per month", "Kontor per månad")}</text>");
    }

    private static void RenderScaleLine(HtmlBuilder html, double y, int value) =>
        html.AppendLine($"<path class=\"grid\" d=\"M{Left} {y}H{Width - Right}\"/><text class=\"axis axis-y\" x=\"{Left - 8}\" y=\"{y + 5}\">{value}</text>");

    private static void RenderBar(HtmlBuilder html, OpeningPeriod period, double x, double step, double zero)
    {
        var width = Math.Max((step * period.Months) - 1.5, 3);
        var impreciseClass = period.Months > 1 ? " vague" : "";
        var middle = x + (width / 2);
        if (period.Opened > 0)
        {
            var top = zero - (period.Opened * Unit);
            html.AppendLine($"<rect class=\"bar-open{impreciseClass}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{period.Opened * Unit}\"/>");
            RenderValue(html, period.Opened, middle, top - 5, "value-open");
        }

        if (period.Closed > 0)
        {
            html.AppendLine($"<rect class=\"bar-closed{impreciseClass}\" x=\"{x}\" y=\"{zero}\" width=\"{width}\" height=\"{period.Closed * Unit}\"/>");
            RenderValue(html, period.Closed, middle, zero + (period.Closed * Unit) + 21, "value-closed");
        }
    }

    // No number for single events, because the numbers of adjacent bars would overlap.
    private static void RenderValue(HtmlBuilder html, int value, double x, double y, string kind)
    {
        if (value > 1)
        {
            html.AppendLine($"<text class=\"value {kind}\" x=\"{x}\" y=\"{y}\">{value}</text>");
        }
    }
}

/// <summary>The number of openings and closings in a month, or in a half-year or year if the date is less precise.</summary>
/// <param name="From">The first day of the period.</param>
/// <param name="Precision">One of <see cref="Codes.Precision"/>, never <c>day</c>.</param>
/// <param name="Opened">Openings and reopenings.</param>
internal sealed record OpeningPeriod(DateOnly From, string Precision, int Opened, int Closed)
{
    public int Months => Precision switch
    {
        DatePrecision.Year => 12,
        DatePrecision.HalfYear => 6,
        _ => 1,
    };

    /// <summary>Groups the events up to a date by period, ordered by the first day, without events of undated sources.</summary>
    public static IReadOnlyList<OpeningPeriod> FromEvents(IEnumerable<LifecycleEvent> events, DateOnly today) =>
    [
        .. events
            .Where(lifecycleEvent => lifecycleEvent.Kind is EventKind.Opened or EventKind.Reopened or EventKind.Closed)
            .Where(lifecycleEvent => lifecycleEvent.On <= today && lifecycleEvent.Precision != DatePrecision.Undated)
            .GroupBy(lifecycleEvent => (
                From: new DateOnly(lifecycleEvent.On.Year, lifecycleEvent.On.Month, 1),
                Precision: lifecycleEvent.Precision == DatePrecision.Day ? DatePrecision.Month : lifecycleEvent.Precision))
            .Select(group => new OpeningPeriod(
                group.Key.From,
                group.Key.Precision,
                group.Count(lifecycleEvent => lifecycleEvent.Kind != EventKind.Closed),
                group.Count(lifecycleEvent => lifecycleEvent.Kind == EventKind.Closed)))
            .OrderBy(period => period.From)
            .ThenByDescending(period => period.Months),
    ];
}

using ODataEngine.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the number of offices over time: open and closed offices according to sources as lines, official totals as points.</summary>
internal static class OfficeCountChart
{
    private const double Width = 720;
    private const double Height = 360;
    private const double Left = 44;
    private const double Right = 16;
    private const double Top = 34;
    private const double Bottom = 40;

    public static void Render(HtmlBuilder html, PublicationView view, LocalizedString label)
    {
        var register = view.Publication.Register;
        var official = register.Reference.NetworkCounts.OrderBy(count => count.On).ToList();
        var line = register.NetworkSizes;
        if (line.Count == 0)
        {
            return;
        }

        var from = new DateOnly(Math.Min(line[0].Date.Year, official.Count > 0 ? official[0].On.Year : int.MaxValue), 1, 1);
        var until = new DateOnly(view.Today.Year + 1, 1, 1);
        var maxCount = Math.Max(line.Max(size => size.Open), official.Count > 0 ? official.Max(count => count.Offices) : 0);
        var axisMax = (maxCount / 40 * 40) + 40;
        double X(DateOnly date) => Left + ((Width - Left - Right) * (date.DayNumber - from.DayNumber) / (until.DayNumber - from.DayNumber));
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / axisMax);

        html.AppendLine($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{label}\">");
        for (var value = 0; value <= axisMax; value += 40)
        {
            html.AppendLine($"<path class=\"grid\" d=\"M{Left} {Y(value)}H{Width - Right}\"/><text class=\"axis axis-y\" x=\"{Left - 8}\" y=\"{Y(value) + 5}\">{value}</text>");
        }

        for (var year = from.Year; year < until.Year; year++)
        {
            var middle = (X(new DateOnly(year, 1, 1)) + X(new DateOnly(year + 1, 1, 1))) / 2;
            html.AppendLine($"<text class=\"axis axis-x{((year - from.Year) % 2 == 1 ? " minor" : "")}\" x=\"{middle}\" y=\"{Height - 12}\">{year}</text>");
        }

        html.AppendLine($"<text class=\"axis axis-title\" x=\"0\" y=\"15\">{new LocalizedString("Number of offices", "Antal kontor")}</text>");
        RenderLine("line-open", size => size.Open);
        RenderLine("line-closed", size => size.Closed);
        foreach (var (_, after) in line.Zip(line.Skip(1)).Where(pair => pair.Second.Closed > pair.First.Closed))
        {
            html.AppendLine($"<path class=\"cross-closed\" d=\"M{X(after.Date) - 4} {Y(after.Closed) - 4}l8 8m0-8l-8 8\"/>");
        }

        foreach (var count in official)
        {
            html.AppendLine($"<path class=\"point-official\" d=\"M{X(count.On)} {Y(count.Offices) - 6}l6 6-6 6-6-6z\"/>");
        }

        RenderValue(html, X(view.Today), Y(line[^1].Open) - 12, line[^1].Open, "value-open");
        RenderValue(html, X(view.Today), Y(line[^1].Closed) - 12, line[^1].Closed, "value-closed");
        if (official.Count > 0)
        {
            RenderValue(html, X(official[^1].On), Y(official[^1].Offices) - 14, official[^1].Offices, "value-official");
        }

        html.AppendLine($"</svg>");

        void RenderLine(string kind, Func<NetworkSize, int> getCount)
        {
            html.AppendLine($"<path class=\"{kind}\" d=\"M{X(from)} {Y(0)}");
            foreach (var size in line)
            {
                html.AppendLine($"H{X(size.Date)}V{Y(getCount(size))}");
            }

            html.AppendLine($"H{X(view.Today)}\"/>");
        }
    }

    private static void RenderValue(HtmlBuilder html, double x, double y, int value, string kind) =>
        html.AppendLine($"<text class=\"value {kind}\" x=\"{x}\" y=\"{y}\">{value}</text>");
}

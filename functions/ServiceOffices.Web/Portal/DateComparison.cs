using System.Globalization;
using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>Two dates whose offices are compared, from the URL of a page, and the offices whose statuses differ.</summary>
internal sealed record DateComparison
{
    public const string FromParameter = "from";
    public const string ToParameter = "to";

    private static readonly LocalizedString FromLabel = new("First date", "Första datum");
    private static readonly LocalizedString ToLabel = new("Second date", "Andra datum");

    private DateComparison(PublicationView view, DateOnly from, DateOnly to)
    {
        (From, To) = (from, to);
        (Earliest, Latest) = GetLimits(view);
        var months = view.Publication.Register.Reference.PlanExpiryMonths;
        Offices = [.. view.Offices.Select(office => new ComparedOffice(office, OfficeStatus.ComputeOn(from, office.Events, months), OfficeStatus.ComputeOn(to, office.Events, months)))];
    }

    public DateOnly From { get; }

    public DateOnly To { get; }

    /// <summary>The date of the first event in the register.</summary>
    public DateOnly Earliest { get; }

    /// <summary>The date of the publication.</summary>
    public DateOnly Latest { get; }

    /// <summary>All offices with their statuses on both dates, ordered by name.</summary>
    public IReadOnlyList<ComparedOffice> Offices { get; }

    /// <summary>The problems of the query, in both languages. A value with a problem is replaced by the default.</summary>
    public IReadOnlyList<LocalizedString> Problems { get; private init; } = [];

    /// <summary>True if the query has at least one of the dates.</summary>
    public bool IsRequested { get; private init; }

    /// <summary>The offices whose statuses differ, ordered by the second status, then name.</summary>
    public IEnumerable<ComparedOffice> Changes => Offices.Where(office => office.Before != office.After).OrderBy(office => MapMarker.GetStatusRank(office.After));

    /// <summary>Parses the dates of a query. By default, the first day of the previous year is compared with the day of the publication.</summary>
    public static DateComparison Parse(IReadOnlyDictionary<string, string> query, PublicationView view)
    {
        var (earliest, latest) = GetLimits(view);
        var problems = new List<LocalizedString>();
        var defaultFrom = new DateOnly(latest.Year - 1, 1, 1);
        defaultFrom = defaultFrom < earliest ? earliest : defaultFrom;
        var from = Read(FromParameter, FromLabel) ?? defaultFrom;
        var to = Read(ToParameter, ToLabel) ?? latest;
        if (from > to)
        {
            problems.Add(new(
                $"The first date, {from:yyyy-MM-dd}, is later than the second date, {to:yyyy-MM-dd}. The dates have been swapped.",
                $"Första datum, {from:yyyy-MM-dd}, är senare än andra datum, {to:yyyy-MM-dd}. Datumen har bytt plats."));
            (from, to) = (to, from);
        }

        return new(view, from, to) { Problems = problems, IsRequested = query.ContainsKey(FromParameter) || query.ContainsKey(ToParameter) };

        DateOnly? Read(string name, LocalizedString label)
        {
            if (query.GetValueOrDefault(name)?.Trim() is not { Length: > 0 } text)
            {
                return null;
            }

            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                var shown = SearchWords.Truncate(text);
                problems.Add(new(
                    $"{label.En} ({name}): “{shown}” is not a date. Write a date as year-month-day, for example {latest:yyyy-MM-dd}.",
                    $"{label.Sv} ({name}): ”{shown}” är inget datum. Skriv datum som år-månad-dag, till exempel {latest:yyyy-MM-dd}."));
                return null;
            }

            if (date < earliest || date > latest)
            {
                problems.Add(new(
                    $"{label.En} ({name}): {date:yyyy-MM-dd} is outside the period of the register. Choose a date from {earliest:yyyy-MM-dd} to {latest:yyyy-MM-dd}.",
                    $"{label.Sv} ({name}): {date:yyyy-MM-dd} ligger utanför registrets period. Välj ett datum från {earliest:yyyy-MM-dd} till {latest:yyyy-MM-dd}."));
                return null;
            }

            return date;
        }
    }

    /// <summary>Gets the query string of a page with these dates, including the question mark, or an empty string if the query had none.</summary>
    public string ToQueryString() => IsRequested
        ? string.Create(CultureInfo.InvariantCulture, $"?{FromParameter}={From:yyyy-MM-dd}&{ToParameter}={To:yyyy-MM-dd}")
        : "";

    private static (DateOnly Earliest, DateOnly Latest) GetLimits(PublicationView view)
    {
        var first = view.Publication.Register.Events.Select(lifecycleEvent => lifecycleEvent.On).DefaultIfEmpty(view.Today).Min();
        return (first < view.Today ? first : view.Today, view.Today);
    }
}

/// <summary>An office with its statuses on two dates.</summary>
/// <param name="Before">One of <see cref="Codes.Status"/>; null before the first event.</param>
/// <param name="After">One of <see cref="Codes.Status"/>; null before the first event.</param>
internal sealed record ComparedOffice(OfficeView Office, string? Before, string? After);

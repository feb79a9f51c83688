using System.Globalization;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Schema;

/// <summary>Formats events as sentences, such as <c>Servicekontor Storuman closes on 31 December 2026</c>.</summary>
public static class EventSentences
{
    /// <summary>The sentence of each kind: <c>{0}</c> is the name of the office, and <c>{1}</c> the date with its preposition.</summary>
    public static IReadOnlyDictionary<string, LocalizedString> ByKind { get; } = new Dictionary<string, LocalizedString>(StringComparer.Ordinal)
    {
        [EventKind.Proposed] = new("{0} was proposed {1}", "{0} föreslogs {1}"),
        [EventKind.Planned] = new("{0} was planned {1}", "{0} planerades {1}"),
        [EventKind.Opened] = new("{0} opens {1}", "{0} öppnar {1}"),
        [EventKind.ObservedOpen] = new("{0} was open {1}", "{0} var öppet {1}"),
        [EventKind.Moved] = new("{0} moves {1}", "{0} flyttar {1}"),
        [EventKind.HoursChanged] = new("{0} changes its opening hours {1}", "{0} ändrar sina öppettider {1}"),
        [EventKind.ServiceAdded] = new("{0} starts a new service {1}", "{0} börjar med en ny service {1}"),
        [EventKind.ServiceRemoved] = new("{0} ends a service {1}", "{0} slutar med en service {1}"),
        [EventKind.TemporarilyClosed] = new("{0} closes temporarily {1}", "{0} stänger tillfälligt {1}"),
        [EventKind.ClosingAnnounced] = new("The closing of {0} is announced {1}", "Stängningen av {0} aviseras {1}"),
        [EventKind.Closed] = new("{0} closes {1}", "{0} stänger {1}"),
        [EventKind.ReopeningAnnounced] = new("The reopening of {0} is announced {1}", "Återöppningen av {0} aviseras {1}"),
        [EventKind.Reopened] = new("{0} reopens {1}", "{0} öppnar igen {1}"),
        [EventKind.Withdrawn] = new("The plan for {0} is withdrawn {1}", "Planen på {0} återtas {1}"),
    };

    /// <summary>Formats an event of an office without a full stop. A kind that is not in the code list is given as it is.</summary>
    /// <param name="precision">One of <see cref="Codes.Precision"/>.</param>
    public static string Format(string kind, DateOnly on, string? precision, string officeName, Language language)
    {
        var date = language.Localize(EventPeriod.Create(on, precision).Adverbial);
        return ByKind.TryGetValue(kind, out var sentence)
            ? string.Format(CultureInfo.InvariantCulture, language.Localize(sentence), officeName, date)
            : $"{officeName}: {kind} {date}";
    }
}

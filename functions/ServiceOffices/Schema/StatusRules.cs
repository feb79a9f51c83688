using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Schema;

/// <summary>Describes the rules of <see cref="OfficeStatus.ComputePeriods"/> for users of the data.</summary>
public static class StatusRules
{
    public static LocalizedString Title { get; } = new("How the status is computed", "Så beräknas statusen");

    /// <param name="planExpiryMonths">See <see cref="ReferenceData.PlanExpiryMonths"/>.</param>
    public static IReadOnlyList<LocalizedString> Describe(int planExpiryMonths) =>
    [
        new("The last event that sets a status counts: proposed, planned, opened, observed open, temporarily closed, closed, reopened or withdrawn. Other events leave the status as it is.",
            "Den senaste händelsen som anger en status gäller: föreslaget, planerat, öppnat, uppgift om att det är öppet, tillfälligt stängt, stängt, återöppnat eller återtaget. Andra händelser ändrar inte statusen."),
        new("An event whose date is only known to the month, half-year or year counts from the first day of that period. An undated source counts from the day on which it was read.",
            "En händelse vars datum bara är känt på månaden, halvåret eller året räknas från periodens första dag. En odaterad källa räknas från dagen då den lästes."),
        new($"A plan without a later event expires {planExpiryMonths} months after the end of its period. The status is then unknown: no source says whether the office opened.",
            $"En plan utan senare händelse blir inaktuell {planExpiryMonths} månader efter periodens slut. Statusen är då okänd: ingen källa visar om kontoret öppnade."),
        new("An office is closed from the first day without service.",
            "Ett kontor är stängt från och med den första dagen utan service."),
        new("An office that closes was open. If no source dates its opening, it counts as open from the earliest evidence of its operation, such as the announcement of the closing, or else from the day before the closing.",
            "Ett kontor som stänger har varit öppet. Om ingen källa anger när det öppnade räknas det som öppet från det tidigaste belägget för att det fanns, till exempel aviseringen av stängningen, annars från dagen före stängningen."),
        new("The numbers of open offices are evidence, not a census: offices that no source names are missing.",
            "Antalet öppna kontor visar vad källorna belägger och är ingen totalräkning: kontor som ingen källa nämner saknas."),
    ];
}

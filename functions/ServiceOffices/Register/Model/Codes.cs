namespace ServiceOffices.Register.Model;

/// <summary>The register's code lists. Codes are added, never renamed or removed.</summary>
public static class Codes
{
    public static CodeList Kind { get; } = new("kind",
        new("fixed", "Fast kontor", "Fixed office"),
        new("mobile", "Mobilt kontor", "Mobile office"),
        new("colocated", "Samlokaliserat kontor", "Co-located office"));

    public static CodeList Status { get; } = new("status",
        new(OfficeStatus.Proposed, "Föreslaget", "Proposed"),
        new(OfficeStatus.Planned, "Planerat", "Planned"),
        new(OfficeStatus.Open, "I drift", "Open"),
        new(OfficeStatus.TemporarilyClosed, "Tillfälligt stängt", "Temporarily closed"),
        new(OfficeStatus.Closed, "Stängt", "Closed"),
        new(OfficeStatus.Withdrawn, "Återtaget", "Withdrawn"),
        new(OfficeStatus.Unknown, "Okänt", "Unknown"));

    public static CodeList Basis { get; } = new("basis",
        new("faRegion", "FA-region", "Functional labour-market region"),
        new("vulnerableArea", "Utsatt område", "Vulnerable area"),
        new("metropolitan", "Storstadslän", "Metropolitan county"),
        new("other", "Annat", "Other"));

    public static CodeList LocationPrecision { get; } = new("locationPrecision",
        new(Model.LocationPrecision.Door, "Entré", "Entrance"),
        new(Model.LocationPrecision.Locality, "Ort eller stadsdel", "Town or district"),
        new(Model.LocationPrecision.Municipality, "Kommunens centralort", "Main town of the municipality"),
        new(Model.LocationPrecision.None, "Okänt", "Unknown"));

    /// <summary>The kinds of events, in the order in which events of the same date are applied.</summary>
    public static CodeList EventKind { get; } = new("eventKind",
        new(Model.EventKind.Proposed, "Föreslaget", "Proposed"),
        new(Model.EventKind.Planned, "Planerat", "Planned"),
        new(Model.EventKind.Opened, "Öppnat", "Opened"),
        new(Model.EventKind.ObservedOpen, "Uppgift om att det är öppet", "Observed open"),
        new(Model.EventKind.Moved, "Flyttat", "Moved"),
        new(Model.EventKind.HoursChanged, "Ändrade öppettider", "Hours changed"),
        new(Model.EventKind.ServiceAdded, "Ny service", "Service added"),
        new(Model.EventKind.ServiceRemoved, "Service borttagen", "Service removed"),
        new(Model.EventKind.TemporarilyClosed, "Tillfälligt stängt", "Temporarily closed"),
        new(Model.EventKind.ClosingAnnounced, "Stängning aviserad", "Closing announced"),
        new(Model.EventKind.Closed, "Stängt", "Closed"),
        new(Model.EventKind.ReopeningAnnounced, "Återöppning aviserad", "Reopening announced"),
        new(Model.EventKind.Reopened, "Återöppnat", "Reopened"),
        new(Model.EventKind.Withdrawn, "Återtaget", "Withdrawn"));

    public static CodeList Precision { get; } = new("precision",
        new(DatePrecision.Day, "Dag", "Day"),
        new(DatePrecision.Month, "Månad", "Month"),
        new(DatePrecision.HalfYear, "Halvår", "Half-year"),
        new(DatePrecision.Year, "År", "Year"),
        new(DatePrecision.Undated, "Odaterad källa", "Undated source"));

    public static CodeList Agency { get; } = new("agency",
        new(AgencyId.ServiceCentre, "Statens servicecenter", "National Government Service Centre"),
        new("forsakringskassan", "Försäkringskassan", "Swedish Social Insurance Agency"),
        new("pensionsmyndigheten", "Pensionsmyndigheten", "Swedish Pensions Agency"),
        new("skatteverket", "Skatteverket", "Swedish Tax Agency"),
        new("arbetsformedlingen", "Arbetsförmedlingen", "Swedish Public Employment Service"),
        new("migrationsverket", "Migrationsverket", "Swedish Migration Agency"));

    public static CodeList Level { get; } = new("level",
        new("general", "Allmän service", "General service"),
        new("inDepth", "Fördjupad service", "In-depth service"));

    public static CodeList DayOfWeek { get; } = new("dayOfWeek",
        new("monday", "Måndag", "Monday"),
        new("tuesday", "Tisdag", "Tuesday"),
        new("wednesday", "Onsdag", "Wednesday"),
        new("thursday", "Torsdag", "Thursday"),
        new("friday", "Fredag", "Friday"),
        new("saturday", "Lördag", "Saturday"),
        new("sunday", "Söndag", "Sunday"));

    public static CodeList ChangeKind { get; } = new("changeKind",
        new(Model.ChangeKind.Added, "Tillagt", "Added"),
        new(Model.ChangeKind.Opened, "Öppnat", "Opened"),
        new(Model.ChangeKind.Changed, "Ändrat", "Changed"),
        new(Model.ChangeKind.Closed, "Stängt", "Closed"),
        new(Model.ChangeKind.Reopened, "Återöppnat", "Reopened"),
        new(Model.ChangeKind.Removed, "Borttaget", "Removed"));
}

/// <summary>One value of a code list with its labels.</summary>
public sealed record Code(string Value, string Sv, string En);

/// <summary>
/// The allowed values of a column. Codes are strings and not an enumeration, so that a new code does not break a generated client.
/// </summary>
public sealed class CodeList(string name, params IReadOnlyList<Code> codes)
{
    private readonly Dictionary<string, int> indexByCode =
        codes.Select((code, index) => (code.Value, index)).ToDictionary(StringComparer.Ordinal);

    public string Name { get; } = name;

    public IReadOnlyList<Code> Codes { get; } = codes;

    public bool Contains(string value) => indexByCode.ContainsKey(value);

    /// <summary>Gets the index of a code in the list; -1 where the list does not contain it.</summary>
    public int IndexOf(string value) => indexByCode.GetValueOrDefault(value, -1);

    /// <summary>Formats the list for a message: <c>one of fixed, mobile, colocated</c>.</summary>
    public override string ToString() => "one of " + string.Join(", ", Codes.Select(code => code.Value));
}

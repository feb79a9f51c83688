namespace ServiceOffices.Register.Model;

/// <summary>The codes of <see cref="Codes.EventKind"/>.</summary>
public static class EventKind
{
    public const string Proposed = "proposed";
    public const string Planned = "planned";
    public const string Opened = "opened";
    public const string ObservedOpen = "observedOpen";
    public const string Moved = "moved";
    public const string HoursChanged = "hoursChanged";
    public const string ServiceAdded = "serviceAdded";
    public const string ServiceRemoved = "serviceRemoved";
    public const string TemporarilyClosed = "temporarilyClosed";
    public const string ClosingAnnounced = "closingAnnounced";
    public const string Closed = "closed";
    public const string ReopeningAnnounced = "reopeningAnnounced";
    public const string Reopened = "reopened";
    public const string Withdrawn = "withdrawn";
}

/// <summary>The codes of <see cref="Codes.Precision"/>.</summary>
public static class DatePrecision
{
    public const string Day = "day";
    public const string Month = "month";
    public const string HalfYear = "halfYear";
    public const string Year = "year";

    /// <summary>The source has no date; the event has the day on which it was read.</summary>
    public const string Undated = "undated";
}

/// <summary>The codes of <see cref="Codes.Agency"/> that have a meaning for the platform.</summary>
public static class AgencyId
{
    /// <summary>The agency that runs the offices.</summary>
    public const string ServiceCentre = "statens-servicecenter";
}

/// <summary>The codes of <see cref="Codes.LocationPrecision"/>.</summary>
public static class LocationPrecision
{
    public const string Door = "door";
    public const string Locality = "locality";
    public const string Municipality = "municipality";
    public const string None = "none";
}

/// <summary>The codes of <see cref="Codes.ChangeKind"/>.</summary>
public static class ChangeKind
{
    public const string Added = "added";
    public const string Opened = "opened";
    public const string Changed = "changed";
    public const string Closed = "closed";
    public const string Reopened = "reopened";
    public const string Removed = "removed";
}

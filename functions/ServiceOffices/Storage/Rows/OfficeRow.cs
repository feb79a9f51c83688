using ServiceOffices.Register.Model;

namespace ServiceOffices.Storage.Rows;

/// <summary>
/// An office as one row of typed columns, the same in every store. Its key is the office's id. Null values and empty
/// collections are not stored; an address without any part reads back as no address.
/// </summary>
internal static class OfficeRow
{
    public static readonly IReadOnlyList<StoredColumn<Office>> Columns =
    [
        new("name", StoredColumnType.String, office => office.Name),
        new("kind", StoredColumnType.String, office => office.Kind),
        new("basis", StoredColumnType.String, office => office.Basis),
        new("municipalityCode", StoredColumnType.String, office => office.MunicipalityCode),
        new("locality", StoredColumnType.String, office => office.Locality),
        new("vulnerableAreas", StoredColumnType.String, office => StoredValueFormat.Format(office.VulnerableAreas)),
        new("addressStreet", StoredColumnType.String, office => office.Address?.Street),
        new("addressPostalCode", StoredColumnType.String, office => office.Address?.PostalCode),
        new("addressCity", StoredColumnType.String, office => office.Address?.City),
        new("latitude", StoredColumnType.Number, office => office.Latitude),
        new("longitude", StoredColumnType.Number, office => office.Longitude),
        new("locationPrecision", StoredColumnType.String, office => office.LocationPrecision),
        new("services", StoredColumnType.String, office => StoredValueFormat.Format(office.Services)),
        new("videoMeetings", StoredColumnType.Boolean, office => office.VideoMeetings),
        new("videoMeetingsSince", StoredColumnType.String, office => StoredValueFormat.Format(office.VideoMeetingsSince)),
        new("openingHours", StoredColumnType.String, office => StoredValueFormat.Format(office.OpeningHours)),
        new("specialHours", StoredColumnType.String, office => StoredValueFormat.Format(office.SpecialHours)),
        new("phone", StoredColumnType.String, office => office.Phone),
        new("email", StoredColumnType.String, office => office.Email),
        new("webPage", StoredColumnType.String, office => office.WebPage),
        new("sources", StoredColumnType.String, office => StoredValueFormat.Format(office.Sources)),
        new("note", StoredColumnType.String, office => office.Note),
    ];

    /// <summary>The office of a row; meaningless where the reader found problems.</summary>
    public static Office Read(string id, StoredRowReader row) => new()
    {
        Id = id,
        Name = row.GetRequiredString("name"),
        Kind = row.GetString("kind"),
        Basis = row.GetString("basis"),
        MunicipalityCode = row.GetString("municipalityCode"),
        Locality = row.GetString("locality"),
        VulnerableAreas = row.GetList<string>("vulnerableAreas", "texts"),
        Address = (row.GetString("addressStreet"), row.GetString("addressPostalCode"), row.GetString("addressCity")) switch
        {
            (null, null, null) => null,
            var (street, postalCode, city) => new Address(street, postalCode, city),
        },
        Latitude = row.GetNumber("latitude"),
        Longitude = row.GetNumber("longitude"),
        LocationPrecision = row.GetRequiredString("locationPrecision"),
        Services = row.GetList<OfferedService>("services", "{agency, levels} objects", service => !service.Levels.Contains(null)),
        VideoMeetings = row.GetBoolean("videoMeetings"),
        VideoMeetingsSince = row.GetDate("videoMeetingsSince"),
        OpeningHours = row.GetList<OpeningHours>("openingHours", "{dayOfWeek, opens, closes, byAppointment} objects"),
        SpecialHours = row.GetList<SpecialHours>("specialHours", "{on, opens, closes, reason} objects"),
        Phone = row.GetString("phone"),
        Email = row.GetString("email"),
        WebPage = row.GetString("webPage"),
        Sources = row.GetList<string>("sources", "texts"),
        Note = row.GetString("note"),
    };
}

/// <summary>A lifecycle event as one row of typed columns, the same in every store. Its key is the office's id with its number.</summary>
internal static class EventRow
{
    public static readonly IReadOnlyList<StoredColumn<LifecycleEvent>> Columns =
    [
        new("kind", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Kind),
        new("on", StoredColumnType.String, lifecycleEvent => StoredValueFormat.Format(lifecycleEvent.On)),
        new("precision", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Precision),
        new("source", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Source),
        new("note", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Note),
    ];

    /// <summary>The event of a row; meaningless where the reader found problems.</summary>
    public static LifecycleEvent Read(string officeId, int number, StoredRowReader row) => new()
    {
        OfficeId = officeId,
        Number = number,
        Kind = row.GetRequiredString("kind"),
        On = row.GetRequiredDate("on"),
        Precision = row.GetRequiredString("precision"),
        Source = row.GetString("source"),
        Note = row.GetString("note"),
    };
}

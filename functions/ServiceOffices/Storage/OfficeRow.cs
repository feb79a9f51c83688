using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>
/// An office as one row of typed columns, the same in every store. Its key is the office's id. Null values and empty
/// collections are not stored; an address without any part reads back as no address.
/// </summary>
internal static class OfficeRow
{
    public static readonly IReadOnlyList<RowColumn<Office>> Columns =
    [
        new("name", RowColumnKind.Text, office => office.Name),
        new("kind", RowColumnKind.Text, office => office.Kind),
        new("basis", RowColumnKind.Text, office => office.Basis),
        new("municipalityCode", RowColumnKind.Text, office => office.MunicipalityCode),
        new("locality", RowColumnKind.Text, office => office.Locality),
        new("vulnerableAreas", RowColumnKind.Text, office => RowText.Of(office.VulnerableAreas)),
        new("addressStreet", RowColumnKind.Text, office => office.Address?.Street),
        new("addressPostalCode", RowColumnKind.Text, office => office.Address?.PostalCode),
        new("addressCity", RowColumnKind.Text, office => office.Address?.City),
        new("latitude", RowColumnKind.Number, office => office.Latitude),
        new("longitude", RowColumnKind.Number, office => office.Longitude),
        new("locationPrecision", RowColumnKind.Text, office => office.LocationPrecision),
        new("services", RowColumnKind.Text, office => RowText.Of(office.Services)),
        new("videoMeetings", RowColumnKind.Flag, office => office.VideoMeetings),
        new("videoMeetingsSince", RowColumnKind.Text, office => RowText.Of(office.VideoMeetingsSince)),
        new("openingHours", RowColumnKind.Text, office => RowText.Of(office.OpeningHours)),
        new("specialHours", RowColumnKind.Text, office => RowText.Of(office.SpecialHours)),
        new("phone", RowColumnKind.Text, office => office.Phone),
        new("email", RowColumnKind.Text, office => office.Email),
        new("webPage", RowColumnKind.Text, office => office.WebPage),
        new("sources", RowColumnKind.Text, office => RowText.Of(office.Sources)),
        new("note", RowColumnKind.Text, office => office.Note),
    ];

    /// <summary>The office of a row; meaningless where the reader found problems.</summary>
    public static Office Read(string id, RowReader row) => new()
    {
        Id = id,
        Name = row.RequiredText("name"),
        Kind = row.Text("kind"),
        Basis = row.Text("basis"),
        MunicipalityCode = row.Text("municipalityCode"),
        Locality = row.Text("locality"),
        VulnerableAreas = row.List<string>("vulnerableAreas", "texts"),
        Address = (row.Text("addressStreet"), row.Text("addressPostalCode"), row.Text("addressCity")) switch
        {
            (null, null, null) => null,
            var (street, postalCode, city) => new Address(street, postalCode, city),
        },
        Latitude = row.Number("latitude"),
        Longitude = row.Number("longitude"),
        LocationPrecision = row.RequiredText("locationPrecision"),
        Services = row.List<OfferedService>("services", "{agency, levels} objects", service => !service.Levels.Contains(null)),
        VideoMeetings = row.Flag("videoMeetings"),
        VideoMeetingsSince = row.Date("videoMeetingsSince"),
        OpeningHours = row.List<OpeningHours>("openingHours", "{dayOfWeek, opens, closes, byAppointment} objects"),
        SpecialHours = row.List<SpecialHours>("specialHours", "{on, opens, closes, reason} objects"),
        Phone = row.Text("phone"),
        Email = row.Text("email"),
        WebPage = row.Text("webPage"),
        Sources = row.List<string>("sources", "texts"),
        Note = row.Text("note"),
    };
}

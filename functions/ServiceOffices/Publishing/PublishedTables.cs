using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;

namespace ServiceOffices.Publishing;

/// <summary>Creates the tables of a published register. Events with names, closings and coverage follow from the rest and are not stored with it.</summary>
public static class PublishedTables
{
    /// <summary>Creates the linked tables of a published register.</summary>
    public static TableSet Create(PublishedRegister register)
    {
        var latest = register.Publications[^1];
        return new TableSetBuilder(RegisterModel.Model)
            .Add(OfficeSchema.SetName, OfficeSchema.Definition, register.Offices)
            .Add(EventSchema.SetName, EventSchema.Definition, GetEvents(register))
            .Add(ClosingSchema.SetName, ClosingSchema.Definition, GetClosings(register))
            .Add(MunicipalitySchema.SetName, MunicipalitySchema.Definition, register.Municipalities)
            .Add(CountySchema.SetName, CountySchema.Definition, register.Reference.Counties)
            .Add(FaRegionSchema.SetName, FaRegionSchema.Definition, register.Reference.FaRegions)
            .Add(AgencySchema.SetName, AgencySchema.Definition, register.Reference.Agencies)
            .Add(ChangeSchema.SetName, ChangeSchema.Definition, register.Changes)
            .Add(PublicationSchema.SetName, PublicationSchema.Definition, register.Publications)
            .Add(FileSchema.SetName, FileSchema.Definition, register.Files)
            .Add(NetworkSizeSchema.SetName, NetworkSizeSchema.Definition, register.NetworkSizes)
            .Add(CountySizeSchema.SetName, CountySizeSchema.Definition, register.CountySizes)
            .Add(OfficialCountSchema.SetName, OfficialCountSchema.Definition, register.Reference.NetworkCounts)
            .Add(CoverageSchema.SetName, CoverageSchema.Definition, GetCoverage(register))
            .Build(latest.Revision, latest.At);
    }

    /// <returns>In the order of the events.</returns>
    private static PublishedEvent[] GetEvents(PublishedRegister register)
    {
        var offices = register.Offices.ToDictionary(office => office.Office.Id, StringComparer.Ordinal);
        var places = new PlaceNames(register);
        return
        [
            .. register.Events.Select(lifecycleEvent =>
            {
                var office = offices.GetValueOrDefault(lifecycleEvent.OfficeId);
                return new PublishedEvent(lifecycleEvent, office?.Office, places.GetMunicipality(office), places.GetCounty(office));
            }),
        ];
    }

    /// <returns>Ordered by office id.</returns>
    private static List<Closing> GetClosings(PublishedRegister register)
    {
        var places = new PlaceNames(register);
        var events = register.Events.ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        var open = register.Offices.Where(office => office.Status == OfficeStatus.Open).ToDictionary(office => office.Office.Id, StringComparer.Ordinal);
        Lazy<NearestOfficeFinder> nearest = new(() => new NearestOfficeFinder(open.Values.Select(office => office.Office)));
        var closings = new List<Closing>();
        foreach (var office in register.Offices)
        {
            var (announced, closed) = FindClosing(events[office.Office.Id]);
            if (announced is null && closed is null)
            {
                continue;
            }

            var found = office.Office is { Latitude: { } latitude, Longitude: { } longitude }
                ? nearest.Value.Find(new GeoPoint(longitude, latitude), exceptId: office.Office.Id)
                : null;
            closings.Add(new Closing(
                office, places.GetMunicipality(office), places.GetCounty(office), announced, closed,
                found is null ? null : open[found.Value.OfficeId], found is null ? null : Math.Round(found.Value.Metres / 1000, 1)));
        }

        return closings;
    }

    /// <summary>Compares the number of offices with the official number.</summary>
    /// <returns>The whole country first, then the counties in their order.</returns>
    public static IReadOnlyList<Coverage> GetCoverage(PublishedRegister register)
    {
        var official = register.Reference.NetworkCounts.MaxBy(count => count.On);
        var onOfficialDate = official is null ? null : register.NetworkSizes.LastOrDefault(size => size.Date <= official.On);
        var byCounty = register.Offices.ToLookup(office => office.CountyCode ?? "", StringComparer.Ordinal);
        return
        [
            new Coverage(
                Coverage.Country, "Riket", "Whole country", register.Offices.Count, CountOpen(register.Offices),
                official, official is null ? null : onOfficialDate?.Open ?? 0),
            .. register.Reference.Counties.Select(county => new Coverage(
                county.Code, county.NameSv, county.NameEn, byCounty[county.Code].Count(), CountOpen(byCounty[county.Code]), null, null)),
        ];
    }

    private static int CountOpen(IEnumerable<PublishedOffice> offices) => offices.Count(office => office.Status == OfficeStatus.Open);

    /// <summary>Finds the events of the last closing; both are null if the office has none, or opened after it.</summary>
    private static (LifecycleEvent? Announced, LifecycleEvent? Closed) FindClosing(IEnumerable<LifecycleEvent> events)
    {
        LifecycleEvent? announced = null;
        LifecycleEvent? closed = null;
        foreach (var lifecycleEvent in events.Order(OfficeStatus.ChronologicalOrder))
        {
            switch (lifecycleEvent.Kind)
            {
                case EventKind.ClosingAnnounced:
                    announced = lifecycleEvent;
                    break;
                case EventKind.Closed or EventKind.TemporarilyClosed:
                    closed = lifecycleEvent;
                    break;
                // An office that is seen to be open after the announcement still closes.
                case EventKind.Opened or EventKind.Reopened:
                case EventKind.ObservedOpen when closed is not null:
                    (announced, closed) = (null, null);
                    break;
            }
        }

        return (announced, closed);
    }

    /// <summary>The municipalities and counties of a register by code.</summary>
    private sealed class PlaceNames(PublishedRegister register)
    {
        private readonly Dictionary<string, Municipality> municipalities =
            register.Municipalities.ToDictionary(item => item.Municipality.Code, item => item.Municipality, StringComparer.Ordinal);

        private readonly Dictionary<string, County> counties = register.Reference.Counties.ToDictionary(county => county.Code, StringComparer.Ordinal);

        public Municipality? GetMunicipality(PublishedOffice? office) => municipalities.GetValueOrDefault(office?.Office.MunicipalityCode ?? "");

        public County? GetCounty(PublishedOffice? office) => counties.GetValueOrDefault(office?.CountyCode ?? "");
    }
}

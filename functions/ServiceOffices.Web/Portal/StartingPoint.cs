using ODataEngine.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>A place from which distances are measured: the main town of a municipality, or the position of an office's locality.</summary>
/// <param name="Name">The name that the form shows.</param>
/// <param name="Code">The code of the municipality; null for a locality.</param>
internal sealed record StartingPoint(string Name, string? Code, GeoPoint Point)
{
    /// <summary>Gets all places of a publication: the municipalities, then the localities with other names.</summary>
    public static IReadOnlyList<StartingPoint> GetAll(PublicationView view)
    {
        var municipalities = view.Municipalities.Select(item => item.Municipality)
            .Select(item => new StartingPoint(item.Name, item.Code, new(item.SeatLongitude, item.SeatLatitude)));
        var localities = view.Offices.Where(office => office is { Point: not null, Office.Locality: not null })
            .Select(office => new StartingPoint(office.Office.Locality!, null, office.Point!.Value));
        return [.. municipalities.Concat(localities).DistinctBy(place => SearchFolding.Fold(place.Name), StringComparer.Ordinal)];
    }

    /// <summary>Finds the place with a municipality code or a name, å and ä as a and ö as o if no name is written like that; null if there is none.</summary>
    public static StartingPoint? Find(string text, PublicationView view)
    {
        var name = Join(text);
        return name == "" ? null
            : view.Places.FirstOrDefault(place => place.Code == text || Join(place.Name) == name)
            ?? view.Places.FirstOrDefault(place => SearchWords.ToPlainLetters(Join(place.Name)) == SearchWords.ToPlainLetters(name));
    }

    // "Kiruna kommun" is Kiruna.
    private static string Join(string text) => string.Join(' ', SearchWords.Split(SearchWords.Truncate(text)));
}

using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>A query to click, read and change.</summary>
/// <param name="Resource">What follows <c>/odata/v1/</c>, before the question mark.</param>
/// <param name="Options">Its options, unescaped.</param>
internal sealed record QueryExample(Text Question, string Resource, params string[] Options)
{
    public static readonly IReadOnlyList<QueryExample> All =
    [
        new(new("The offices known to be open today", "Kontoren som är kända som öppna i dag"),
            "offices", "$filter=status eq 'open'", "$select=id,name,locality", "$orderby=name"),
        new(new("How many offices were proposed in 2018?", "Hur många kontor föreslogs 2018?"),
            "events", "$filter=kind eq 'proposed'", "$count=true", "$top=0"),
        new(new("Closed offices of Västra Götaland with their municipality's population", "Stängda kontor i Västra Götaland med kommunens folkmängd"),
            "offices", "$filter=status eq 'closed' and countyCode eq '14'", "$select=id,name", "$expand=municipality($select=name,population)"),
        new(new("Offices by status and county", "Kontor per status och län"),
            "offices", "$apply=groupby((county/nameSv,status),aggregate($count as offices))"),
        new(new("The ten municipalities farthest from an open office", "De tio kommuner som har längst till ett öppet kontor"),
            "municipalities", "$orderby=distanceToNearestOpenOfficeKm desc", "$top=10", "$select=name,distanceToNearestOpenOfficeKm"),
        new(new("The offices nearest to Kiruna", "Kontoren närmast Kiruna"),
            "offices", "$filter=status eq 'open'", "$orderby=geo.distance(location,geography'SRID=4326;POINT(20.21667 67.85)')", "$top=5", "$select=name,locality"),
        new(new("The network as it was on Midsummer 2022", "Nätet som det var midsommaren 2022"),
            "offices", "$at=2022-06-24", "$filter=status eq 'open'", "$select=name,status"),
        new(new("What changed, the latest first", "Vad som har ändrats, det senaste först"),
            "changes", "$orderby=sequence desc", "$top=5"),
    ];

    public string Url => ODataQuery.Url(Resource, Options);

    /// <summary>The query as a person writes it.</summary>
    public string Shown => $"{ODataQuery.Root}{Resource}?{string.Join('&', Options)}";
}

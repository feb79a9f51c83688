using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>A query to click, read and change.</summary>
/// <param name="Resource">What follows <c>/odata/v1/</c>, before the question mark.</param>
/// <param name="Options">Its options, unescaped.</param>
internal sealed record QueryExample(LocalizedString Question, string Resource, params string[] Options)
{
    public static readonly IReadOnlyList<QueryExample> All =
    [
        new(new("Offices known to be open today", "Kontor som är kända som öppna i dag"),
            "offices", "$filter=status eq 'open'", "$select=id,name,locality", "$orderby=name"),
        new(new("How many offices were proposed in 2018?", "Hur många kontor föreslogs 2018?"),
            "events", "$filter=kind eq 'proposed'", "$count=true", "$top=0"),
        new(new("Closed offices in Västra Götaland with the population of their municipality", "Stängda kontor i Västra Götaland med kommunens folkmängd"),
            "offices", "$filter=status eq 'closed' and countyCode eq '14'", "$select=id,name", "$expand=municipality($select=name,population)"),
        new(new("Number of offices by status and county", "Antal kontor per status och län"),
            "offices", "$apply=groupby((county/nameSv,status),aggregate($count as offices))"),
        new(new("The ten municipalities farthest from an open office", "De tio kommuner som har längst till ett öppet kontor"),
            "municipalities", "$orderby=distanceToNearestOpenOfficeKm desc", "$top=10", "$select=name,distanceToNearestOpenOfficeKm"),
        new(new("The offices nearest to Kiruna", "Kontoren närmast Kiruna"),
            "offices", "$filter=status eq 'open'", "$orderby=geo.distance(location,geography'SRID=4326;POINT(20.21667 67.85)')", "$top=5", "$select=name,locality"),
        new(new("Offices that were open on Midsummer's Eve 2022", "Kontor som var öppna på midsommarafton 2022"),
            "offices", "$at=2022-06-24", "$filter=status eq 'open'", "$select=name,status"),
        new(new("The most recent changes", "De senaste ändringarna"),
            "changes", "$orderby=sequence desc", "$top=5"),
    ];

    public string Url => ODataUrlBuilder.BuildUrl(Resource, Options);

    /// <summary>The query as a person writes it.</summary>
    public string DisplayUrl => $"{ODataUrlBuilder.ServiceRoot}{Resource}?{string.Join('&', Options)}";
}

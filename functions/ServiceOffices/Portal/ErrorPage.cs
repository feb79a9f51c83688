using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Says what is wrong in words for everybody, and where to go from there.</summary>
internal static class ErrorPage
{
    public static Page Of(int status, string detail)
    {
        var (title, text) = status switch
        {
            404 => (new Text("There is no such page", "Sidan finns inte"),
                new Text("The address may be misspelt, or the office may never have been in the register.", "Adressen kan vara felskriven, eller så har kontoret aldrig funnits i registret.")),
            503 => (new Text("Soon back", "Snart tillbaka"),
                new Text("The data cannot be read just now. Try again in a minute.", "Datan går inte att läsa just nu. Försök igen om en minut.")),
            _ => (new Text("That did not work", "Det gick inte"), new Text("The request could not be answered.", "Förfrågan gick inte att besvara.")),
        };
        return new Page(title, text, [], html => html.Add($"""
            <div class="band error">
            <p class="error-code">{status}</p>
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            <p class="soft" lang="en">{detail}</p>
            <ul class="chips">
            <li><a class="chip" href="{new PageAddress(PageKind.Start, html.Language).Link}">{new Text("To the start", "Till startsidan")}</a></li>
            <li><a class="chip" href="{new PageAddress(PageKind.Offices, html.Language)}">{new Text("All offices", "Alla kontor")}</a></li>
            </ul>
            </div>
            """));
    }
}

using ODataEngine.Model;

namespace ServiceOffices.Web.Pipeline;

/// <summary>A kind of error of the routes that are not OData: its <c>type</c> (RFC 9457, 3.1.1) is the path of a page that explains it.</summary>
/// <param name="Status">The status code that it comes with; each kind has one of its own.</param>
/// <param name="Slug">The last segment of its page's path; it stays for ever.</param>
/// <param name="Description">What happened.</param>
/// <param name="Remedy">What a client can do.</param>
internal sealed record ProblemType(int Status, string Slug, LocalizedString Description, LocalizedString Remedy)
{
    /// <summary>Where the pages are. A path, so that a kind has one name whatever the address of the platform.</summary>
    public const string RootPath = "/docs/problems";

    public static readonly IReadOnlyList<ProblemType> All =
    [
        new(400, "bad-request",
            new("An option, a field or the content cannot be understood, or the resource does not take it.", "Ett val, ett fält eller innehållet går inte att förstå, eller så tar resursen inte emot det."),
            new("The detail names it and says what is allowed. The same request fails again.", "Detaljen säger vad det är och vad som är tillåtet. Samma anrop misslyckas igen.")),
        new(401, "unauthorized",
            new("The resource is for the register's editors, and the request has no valid key or token.", "Resursen är till för registrets redaktörer, och anropet har ingen giltig nyckel eller token."),
            new("Send the key in x-functions-key, or a token in Authorization. All reading outside /register is open.", "Skicka nyckeln i x-functions-key, eller en token i Authorization. All läsning utanför /register är öppen.")),
        new(403, "forbidden",
            new("The token is valid, but does not give the right to do this.", "Token är giltig men ger inte rätt att göra detta."),
            new("Ask the register's owner for the role that the detail names.", "Be registrets ägare om den roll som detaljen nämner.")),
        new(404, "not-found",
            new("There is nothing at this address.", "Det finns inget på den här adressen."),
            new("The detail names what there is. An office that was removed is still in the changes.", "Detaljen säger vad som finns. Ett kontor som har tagits bort finns kvar bland ändringarna.")),
        new(405, "method-not-allowed",
            new("The resource does not have this method.", "Resursen har inte den här metoden."),
            new("The field Allow has those that it has.", "Fältet Allow säger vilka den har.")),
        new(406, "not-acceptable",
            new("The resource has no form that Accept takes.", "Resursen har ingen form som Accept godtar."),
            new("Ask for one of the media types in the contract, or leave Accept out.", "Fråga efter en av medietyperna i kontraktet, eller utelämna Accept.")),
        new(408, "request-timeout",
            new("The request's content came too slowly.", "Anropets innehåll kom för långsamt."),
            new("Send it again.", "Skicka det igen.")),
        new(409, "conflict",
            new("The request does not fit what is under way or what the register holds.", "Anropet går inte ihop med det som pågår eller med det som registret innehåller."),
            new("The detail says what stands in the way: wait for it to end, or confirm.", "Detaljen säger vad som är i vägen: vänta tills det är klart, eller bekräfta.")),
        new(410, "gone",
            new("It was here and is not kept any more.", "Det har funnits här men sparas inte längre."),
            new("Read the current version instead.", "Läs den gällande versionen i stället.")),
        new(412, "precondition-failed",
            new("The resource is of another version than If-Match or If-Unmodified-Since names.", "Resursen har en annan version än den som If-Match eller If-Unmodified-Since nämner."),
            new("Read it again, and decide anew on what it is now.", "Läs den igen och ta ställning till det som står där nu.")),
        new(413, "content-too-large",
            new("The content is larger than a setting allows.", "Innehållet är större än en inställning tillåter."),
            new("The detail names the limit; divide the content.", "Detaljen nämner gränsen; dela upp innehållet.")),
        new(414, "uri-too-long",
            new("The address is longer than the service reads.", "Adressen är längre än vad tjänsten läser."),
            new("Shorten it; an OData query may come in the content of a POST to $query.", "Korta den; en OData-fråga får komma i innehållet i ett POST till $query.")),
        new(415, "unsupported-media-type",
            new("The content is of a media type or a coding that the resource does not read.", "Innehållet har en medietyp eller kodning som resursen inte läser."),
            new("The detail names those that it reads.", "Detaljen nämner dem som den läser.")),
        new(416, "range-not-satisfiable",
            new("Range asks for no byte that there is.", "Range frågar inte efter någon byte som finns."),
            new("Content-Range has the length.", "Content-Range anger längden.")),
        new(422, "unprocessable-content",
            new("The content can be read, but what it would make breaks a rule of the register. Nothing was written.", "Innehållet går att läsa, men det som skulle bli av det bryter mot en av registrets regler. Inget har skrivits."),
            new("The member problems has every broken rule.", "Medlemmen problems har varje bruten regel.")),
        new(428, "precondition-required",
            new("A write must say which version it is meant for.", "En skrivning måste säga vilken version den gäller."),
            new("Send the ETag that was read as If-Match, or If-None-Match: * for what shall be new.", "Skicka den ETag som lästes som If-Match, eller If-None-Match: * för det som ska vara nytt.")),
        new(429, "too-many-requests",
            new("Too many requests in a short time. The platform itself sets no rate; a gateway before it may.", "För många anrop på kort tid. Plattformen själv har ingen sådan gräns; en gateway framför den kan ha det."),
            new("Wait as long as Retry-After says.", "Vänta så länge som Retry-After säger.")),
        new(431, "request-header-fields-too-large",
            new("The request's fields are larger than the service reads.", "Anropets fält är större än vad tjänsten läser."),
            new("Send fewer or shorter ones.", "Skicka färre eller kortare.")),
        new(500, "internal-server-error",
            new("The service failed, and the failure is logged.", "Tjänsten misslyckades, och felet är loggat."),
            new("Try again later.", "Försök igen senare.")),
        new(501, "not-implemented",
            new("What is asked for is not supported.", "Det som efterfrågas stöds inte."),
            new("The detail says what is.", "Detaljen säger vad som stöds.")),
        new(503, "service-unavailable",
            new("Nothing is published yet, or the storage does not answer.", "Inget är publicerat ännu, eller så svarar inte lagringen."),
            new("Try again after the seconds that Retry-After names.", "Försök igen efter så många sekunder som Retry-After säger.")),
    ];

    /// <summary>The <c>type</c> of its problems.</summary>
    public string TypeUri => $"{RootPath}/{Slug}";

    /// <summary>The kind that comes with a status code; null where the status says it all (about:blank; RFC 9457, 4.2.1).</summary>
    public static ProblemType? FindByStatus(int status) => All.FirstOrDefault(kind => kind.Status == status);
}

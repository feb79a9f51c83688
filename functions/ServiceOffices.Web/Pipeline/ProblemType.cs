using ODataEngine.Model;

namespace ServiceOffices.Web.Pipeline;

/// <summary>A type of error of all routes except OData. Its <c>type</c> (RFC 9457, 3.1.1) is the path of a page that describes it.</summary>
/// <param name="Status">Status code; each type has its own.</param>
/// <param name="Slug">Last segment of the path of its page; never changes.</param>
/// <param name="Description">Description of the error.</param>
/// <param name="Remedy">Action that a client can take.</param>
internal sealed record ProblemType(int Status, string Slug, LocalizedString Description, LocalizedString Remedy)
{
    /// <summary>Root path of the pages. Types are paths, so that they do not depend on the host name.</summary>
    public const string RootPath = "/docs/problems";

    public static readonly IReadOnlyList<ProblemType> All =
    [
        new(400, "bad-request",
            new("A query parameter, a header or the content is invalid, or the resource does not accept it.", "En frågeparameter, en header eller innehållet är felaktigt, eller så accepteras det inte av resursen."),
            new("The detail member states what is wrong and what is allowed. Repeating the same request does not help.", "I detail står vad som är fel och vad som är tillåtet. Det hjälper inte att skicka samma anrop igen.")),
        new(401, "unauthorized",
            new("The resource is for the register's editors, and the request has no valid key or token.", "Resursen är till för registrets redaktörer, och anropet har ingen giltig nyckel eller token."),
            new("Send the key in the x-functions-key header, or a token in the Authorization header. Everything outside /register can be read without either.", "Skicka nyckeln i headern x-functions-key eller en token i headern Authorization. Allt utanför /register kan läsas utan behörighet.")),
        new(403, "forbidden",
            new("The token is valid but does not grant permission for this operation.", "Din token är giltig men ger inte behörighet till åtgärden."),
            new("Ask the owner of the register for the role named in the detail member.", "Be den som ansvarar för registret om den roll som anges i detail.")),
        new(404, "not-found",
            new("Nothing exists at this URL.", "Det finns inget på den här webbadressen."),
            new("The detail member states what exists. An office that has been removed is still in the list of changes.", "I detail står vad som finns. Ett kontor som har tagits bort finns kvar bland ändringarna.")),
        new(405, "method-not-allowed",
            new("The resource does not support this method.", "Resursen har inte stöd för den här metoden."),
            new("The Allow header lists the supported methods.", "Headern Allow anger vilka metoder som stöds.")),
        new(406, "not-acceptable",
            new("The resource is not available in any format that the Accept header allows.", "Resursen finns inte i något av de format som headern Accept tillåter."),
            new("Request one of the media types in the API description, or omit the Accept header.", "Begär någon av medietyperna i API-beskrivningen, eller utelämna Accept.")),
        new(408, "request-timeout",
            new("The content of the request arrived too slowly.", "Anropets innehåll kom för långsamt."),
            new("Send the request again.", "Skicka anropet igen.")),
        new(409, "conflict",
            new("The request conflicts with an operation in progress or with the content of the register.", "Anropet står i konflikt med något som pågår eller med registrets innehåll."),
            new("The detail member states the conflict. Wait until the operation has finished, or confirm the request.", "I detail står vad konflikten gäller. Vänta tills det som pågår är klart, eller bekräfta anropet.")),
        new(410, "gone",
            new("The resource existed but is no longer kept.", "Resursen har funnits men sparas inte längre."),
            new("Read the current version instead.", "Läs den gällande versionen i stället.")),
        new(412, "precondition-failed",
            new("The resource does not have the version given in If-Match or If-Unmodified-Since.", "Resursen har en annan version än den som anges i If-Match eller If-Unmodified-Since."),
            new("Read the resource again and decide based on its current version.", "Läs resursen igen och utgå från den nuvarande versionen.")),
        new(413, "content-too-large",
            new("The content exceeds a limit.", "Innehållet är större än en gräns tillåter."),
            new("The detail member names the limit. Divide the content.", "I detail anges gränsen. Dela upp innehållet.")),
        new(414, "uri-too-long",
            new("The URL is longer than the service accepts.", "Webbadressen är längre än vad tjänsten tar emot."),
            new("Shorten the URL. An OData query can also be sent in the content of a POST request to $query.", "Förkorta webbadressen. En OData-fråga kan också skickas i innehållet i ett POST-anrop till $query.")),
        new(415, "unsupported-media-type",
            new("The resource does not support the media type or the coding of the content.", "Resursen har inte stöd för innehållets medietyp eller kodning."),
            new("The detail member lists those that are supported.", "I detail anges vad som stöds.")),
        new(416, "range-not-satisfiable",
            new("The range in the Range header is outside the file.", "Intervallet i headern Range ligger utanför filen."),
            new("The Content-Range header contains the length of the file.", "Headern Content-Range anger filens längd.")),
        new(422, "unprocessable-content",
            new("The content is well-formed, but the result would break a rule of the register. Nothing was written.", "Innehållet går att läsa, men resultatet skulle bryta mot en av registrets regler. Inget har sparats."),
            new("The problems member lists every broken rule.", "I problems står alla regler som bryts.")),
        new(428, "precondition-required",
            new("A write must state the version that it applies to.", "Vid en ändring måste du ange vilken version den gäller."),
            new("Send the ETag of the version that you read in If-Match, or If-None-Match: * to create something new.", "Skicka ETag för den version som du har läst i If-Match, eller If-None-Match: * för att skapa något nytt.")),
        new(429, "too-many-requests",
            new("Too many requests in a short time: wrong keys or tokens of editors, or a limit of a gateway in front of the platform.", "För många anrop på kort tid: felaktiga nycklar eller tokens för redaktörer, eller en gräns i en gateway framför plattformen."),
            new("Wait for the number of seconds given in Retry-After.", "Vänta det antal sekunder som anges i Retry-After.")),
        new(431, "request-header-fields-too-large",
            new("The headers of the request are larger than the service accepts.", "Anropets headrar är större än vad tjänsten tar emot."),
            new("Send fewer or shorter headers.", "Skicka färre eller kortare headrar.")),
        new(500, "internal-server-error",
            new("An internal error occurred. It has been logged.", "Ett internt fel har inträffat. Felet är loggat."),
            new("Try again later.", "Försök igen senare.")),
        new(501, "not-implemented",
            new("The requested function is not supported.", "Den begärda funktionen stöds inte."),
            new("The detail member states what is supported.", "I detail står vad som stöds.")),
        new(503, "service-unavailable",
            new("Nothing has been published yet, the storage is unavailable, or the service is busy with other requests.", "Inget är publicerat ännu, lagringen är inte tillgänglig eller tjänsten är upptagen med andra anrop."),
            new("Try again after the number of seconds given in Retry-After.", "Försök igen efter det antal sekunder som anges i Retry-After.")),
    ];

    /// <summary>Gets the <c>type</c> member.</summary>
    public string TypeUri => $"{RootPath}/{Slug}";

    /// <summary>Finds the type of a status code; null if the status has no page (about:blank; RFC 9457, 4.2.1).</summary>
    public static ProblemType? FindByStatus(int status) => All.FirstOrDefault(type => type.Status == status);
}

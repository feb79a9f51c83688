using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

/// <summary>
/// Declares every HTTP function, one line per route. Each lists the methods that its endpoint serves, because the Functions host reads the
/// content of a request into memory before it calls a function, whatever the method; it rejects other methods with 404 unread. The host
/// tries routes in the order of the function names, not by specificity.
/// </summary>
public sealed class HttpTriggers(
    ApiInfoEndpoint apiInfo,
    DataPackageEndpoint dataPackage,
    DatasetsEndpoint datasets,
    DictionaryEndpoint dictionary,
    DocsEndpoint docs,
    DownloadsEndpoint downloads,
    FeedsEndpoint feeds,
    HealthEndpoint health,
    NotFoundEndpoint notFound,
    ODataEndpoint odata,
    OpenApiEndpoint openApi,
    PortalEndpoint portal,
    PublicationsEndpoint publications,
    RefreshEndpoint refresh,
    RegisterEndpoint register,
    SecurityTxtEndpoint securityTxt)
{
    [Function("ApiInfo")] public Task ApiInfoAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "api-info")] HttpRequest request) => apiInfo.HandleAsync(request.HttpContext);
    [Function("DataPackage")] public Task DataPackageAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "datapackage.json")] HttpRequest request) => dataPackage.HandleAsync(request.HttpContext);
    [Function("Datasets")] public Task DatasetsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "datasets/{*path}")] HttpRequest request) => datasets.HandleAsync(request.HttpContext);
    [Function("Dictionary")] public Task DictionaryAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "docs/data-dictionary")] HttpRequest request) => dictionary.HandleAsync(request.HttpContext);
    [Function("Docs")] public Task DocsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "docs/{*path}")] HttpRequest request) => docs.HandleAsync(request.HttpContext);
    [Function("Downloads")] public Task DownloadsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "downloads/{*path}")] HttpRequest request) => downloads.HandleAsync(request.HttpContext);
    [Function("Feeds")] public Task FeedsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "feeds/{*path}")] HttpRequest request) => feeds.HandleAsync(request.HttpContext);
    [Function("Health")] public Task HealthAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "health/{probe}")] HttpRequest request) => health.HandleAsync(request.HttpContext);
    [Function("OData")] public Task ODataAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "options", Route = "odata/v1/{*path}")] HttpRequest request) => odata.HandleAsync(request.HttpContext);
    [Function("OpenApi")] public Task OpenApiAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "openapi.json")] HttpRequest request) => openApi.HandleAsync(request.HttpContext);
    [Function("Publications")] public Task PublicationsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "publications/{*path}")] HttpRequest request) => publications.HandleAsync(request.HttpContext);
    [Function("SecurityTxt")] public Task SecurityTxtAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = ".well-known/security.txt")] HttpRequest request) => securityTxt.HandleAsync(request.HttpContext);

    // One function per path: a catch-all at the root is tried before functions whose names follow it.
    [Function("PortalAbout")] public Task PortalAboutAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "om/{*path}")] HttpRequest request) => portal.HandleAsync(request.HttpContext);
    [Function("PortalAssets")] public Task PortalAssetsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "assets/{*path}")] HttpRequest request) => portal.HandleAssetAsync(request.HttpContext);
    [Function("PortalData")] public Task PortalDataAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "data/{*path}")] HttpRequest request) => portal.HandleAsync(request.HttpContext);
    [Function("PortalDevelopers")] public Task PortalDevelopersAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "utvecklare/{*path}")] HttpRequest request) => portal.HandleAsync(request.HttpContext);
    [Function("PortalDevelopment")] public Task PortalDevelopmentAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "utveckling/{*path}")] HttpRequest request) => portal.HandleAsync(request.HttpContext);
    [Function("PortalEnglish")] public Task PortalEnglishAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "en/{*path}")] HttpRequest request) => portal.HandleAsync(request.HttpContext);
    [Function("PortalOffices")] public Task PortalOfficesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "kontor/{*path}")] HttpRequest request) => portal.HandleAsync(request.HttpContext);
    [Function("PortalStart")] public Task PortalStartAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => portal.HandleAsync(request.HttpContext);

    // The only catch-all at the root. The name of its function is the last one, so it is tried last: TriggersTests.
    [Function("UnknownPath")] public Task UnknownPathAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "{*path}")] HttpRequest request) => notFound.HandleAsync(request.HttpContext);

    // The host checks the function key but not tokens: the endpoint of RegisterByToken checks the token before anything else.
    [Function("RefreshNow")] public Task RefreshNowAsync([HttpTrigger(AuthorizationLevel.Function, "post", "options", Route = "register/refresh")] HttpRequest request) => refresh.HandleAsync(request.HttpContext);
    [Function("Register")] public Task RegisterAsync([HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "patch", "delete", "options", Route = "register/{*path}")] HttpRequest request) => register.HandleByKeyAsync(request.HttpContext);
    [Function("RegisterByToken")] public Task RegisterByTokenAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "entra/register/{*path}")] HttpRequest request) => register.HandleByTokenAsync(request.HttpContext);
}

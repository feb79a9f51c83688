using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

// One function a place: a catch-all at the root would be tried before functions whose names come later.
public sealed class PortalTrigger(PortalEndpoint endpoint)
{
    [Function("PortalStart")]
    public Task RunStartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);

    [Function("PortalOffices")]
    public Task RunOfficesAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "kontor/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);

    [Function("PortalDevelopment")]
    public Task RunDevelopmentAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "utveckling/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);

    [Function("PortalData")]
    public Task RunDataAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "data/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);

    [Function("PortalDevelopers")]
    public Task RunDevelopersAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "utvecklare/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);

    [Function("PortalAbout")]
    public Task RunAboutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "om/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);

    [Function("PortalEnglish")]
    public Task RunEnglishAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "en/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);

    [Function("PortalAssets")]
    public Task RunAssetsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "assets/{*path}")] HttpRequest request) =>
        endpoint.HandleAssetAsync(request.HttpContext);
}

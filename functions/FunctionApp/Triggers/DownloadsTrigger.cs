using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class DownloadsTrigger(DownloadsEndpoint endpoint)
{
    [Function("Downloads")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "downloads/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}

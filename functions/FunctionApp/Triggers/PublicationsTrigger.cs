using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class PublicationsTrigger(PublicationsEndpoint endpoint)
{
    [Function("Publications")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "publications/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}

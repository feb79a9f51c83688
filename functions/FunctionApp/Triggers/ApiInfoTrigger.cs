using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class ApiInfoTrigger(ApiInfoEndpoint endpoint)
{
    [Function("ApiInfo")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "api-info")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}

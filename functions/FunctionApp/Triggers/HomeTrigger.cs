using ServiceOffices.Http;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class HomeTrigger(HomeEndpoint endpoint)
{
    [Function("Home")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
        endpoint.AnswerAsync(request.HttpContext);
}

namespace ServiceOffices.FaultRuns.Transport;

/// <summary>A fault of one request. "Before" and "after" refer to the execution of the request by the service.</summary>
public enum Fault
{
    /// <summary>The request is sent and its response is received.</summary>
    None,

    /// <summary>The response arrives late.</summary>
    Delay,

    /// <summary>The connection breaks before the service receives the request.</summary>
    DropBefore,

    /// <summary>The connection breaks after the service has executed the request.</summary>
    DropAfter,

    /// <summary>The request is not received within the network timeout.</summary>
    TimeoutBefore,

    /// <summary>The response is not received within the network timeout.</summary>
    TimeoutAfter,

    /// <summary>The service throttles the request with 429.</summary>
    TooManyRequests,

    /// <summary>The service rejects the request with 503.</summary>
    Busy,

    /// <summary>The service answers 500 without executing the request.</summary>
    ErrorBefore,

    /// <summary>The service executes the request, but answers 500.</summary>
    ErrorAfter,

    /// <summary>The service executes the request, but answers 503.</summary>
    BusyAfter,

    /// <summary>The connection breaks in the middle of the response.</summary>
    TruncatedBody,
}

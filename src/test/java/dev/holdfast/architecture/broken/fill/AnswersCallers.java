package dev.holdfast.architecture.broken.fill;

import dev.holdfast.architecture.broken.web.IsPublisher;
import dev.holdfast.service.CacheService;

/** Answers a caller past the service. */
public final class AnswersCallers {

  Object service(CacheService service) {
    return service;
  }

  Object web(IsPublisher web) {
    return web;
  }
}
